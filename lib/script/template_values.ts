import type { Revision } from "../revision/revision.ts";
import type { ScriptFormat } from "./script_file.ts";

/** A revision that is to be written. */
export interface RevisionDraft {
  /** Without a message, its file says `empty message`, as Alembic's do. */
  readonly revision: Revision;
  readonly format: ScriptFormat;
  /** More imports of a module: whole statements. */
  readonly imports?: string;
  /** What `upgrade` does, or what stands below `-- migrate:up`. */
  readonly upgrade?: string;
  /** What `downgrade` does, or what stands below `-- migrate:down`. Absent from a module: it is derived. */
  readonly downgrade?: string;
}

/** Returns what `${…}` stands for in the template of a new revision. */
export function templateValues(
  draft: RevisionDraft,
  createDate: string,
): Readonly<Record<string, string>> {
  const { revision, imports = "", upgrade = "" } = draft;
  const message = revision.message.replace(/\s+/g, " ").trim() || "empty message";
  const common = { createDate, imports, upgrade };
  if (draft.format === "sql") {
    return {
      ...common,
      message,
      revision: revision.id,
      downRevision: revision.downRevisions.join(", ") || "null",
      branchLabels: revision.branchLabels.join(", "),
      dependsOn: revision.dependsOn.join(", "),
      downgrade: draft.downgrade ?? "",
    };
  }
  return {
    ...common,
    message: message.replaceAll("*/", "*\\/"),
    revision: JSON.stringify(revision.id),
    downRevision: downRevision(revision),
    branchLabels: list(revision.branchLabels),
    dependsOn: list(revision.dependsOn),
    downgrade: downgradeFunction(draft),
  };
}

function downRevision({ downRevisions }: Revision): string {
  return downRevisions.length > 1 ? list(downRevisions) : JSON.stringify(downRevisions[0] ?? null);
}

function list(texts: readonly string[]): string {
  return `[${texts.map((it) => JSON.stringify(it)).join(", ")}]`;
}

function downgradeFunction({ format, downgrade }: RevisionDraft): string {
  if (downgrade === undefined) {
    return "// Without an exported function downgrade(op), what upgrade does is undone in reverse.";
  }
  const head = format === "ts"
    ? "export function downgrade(op: Operations): void {"
    : '/** @param {import("migrate").Operations} op */\nexport function downgrade(op) {';
  return `${head}\n${downgrade.replace(/^(?=.)/gm, "  ")}\n}`;
}

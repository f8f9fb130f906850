import type { Revision } from "../../revision/revision.ts";
import { importLines } from "./import_lines.ts";
import type { TemplateValue } from "./render_template.ts";
import type { ScriptFormat } from "../script_file.ts";

/** A revision to be written. */
export interface RevisionDraft {
  /** Without a message, its file says `empty message`, as Alembic's do. */
  readonly revision: Revision;
  readonly format: ScriptFormat;
  /** Generated content. */
  readonly content?: RevisionContent | undefined;
}

/** What a revision does, as lines of source code. */
export interface RevisionContent {
  /** The names that a module imports from "migrate". */
  readonly imports: readonly string[];
  /** The body of `upgrade`, or the lines below `-- migrate:up`. */
  readonly upgrade: readonly string[];
  /**
   * The body of `downgrade`, or the lines below `-- migrate:down`. Absent from a module: it is
   * derived.
   */
  readonly downgrade?: readonly string[];
}

/** Returns the values of the placeholders in the template of a new revision. */
export function templateValues(
  draft: RevisionDraft,
  createDate: string,
): Readonly<Record<string, TemplateValue>> {
  const { revision, format, content } = draft;
  const message = revision.message.replace(/\s+/g, " ").trim() || "empty message";
  const common = {
    createDate,
    imports: importLines(content?.imports ?? [], format),
    upgrade: content?.upgrade ?? [],
  };
  if (format === "sql") {
    return {
      ...common,
      message,
      revision: revision.id,
      downRevision: revision.downRevisions.join(", ") || "null",
      branchLabels: revision.branchLabels.join(", "),
      dependsOn: revision.dependsOn.join(", "),
      downgrade: content?.downgrade ?? [],
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

function downgradeFunction({ format, content }: RevisionDraft): TemplateValue {
  const body = content?.downgrade;
  if (body === undefined) {
    return "// Without an exported function downgrade(op), the downgrade is derived from upgrade.";
  }
  const head = format === "ts"
    ? ["export function downgrade(op: Operations): void {"]
    : ['/** @param {import("migrate").Operations} op */', "export function downgrade(op) {"];
  return [...head, ...body.map((it) => it === "" ? it : `  ${it}`), "}"];
}

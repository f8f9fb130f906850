import type {
  ComparisonResult,
  Result,
  RevisionsResult,
  RunResult,
  SchemaResult,
  ScriptResult,
  WrittenResult,
} from "../commands/views/result.ts";
import { visible } from "../report/visible.ts";
import { renderVerification } from "./render_verification.ts";
import { headMark, revisionLine } from "./revision_line.ts";
import type { RevisionView } from "../commands/views/revision_view.ts";

/** Yields `result` as text for stdout; nothing if there is nothing to say. SQL is not altered. */
export async function* renderText(result: Result): AsyncGenerator<string> {
  if (result.kind === "script") yield* result.pieces;
  else if (result.kind === "schema") yield result.sql;
  else if (result.kind === "comparison" && result.sql !== undefined) yield result.sql;
  else yield visible(await textOf(result));
}

async function textOf(result: Exclude<Result, ScriptResult | SchemaResult>): Promise<string> {
  switch (result.kind) {
    case "log":
      return (await import("./render_log.ts")).renderLog(result);
    case "status":
      return (await import("./render_status.ts")).renderStatus(result);
    case "revisions":
      return renderRevisions(result);
    case "run":
      return result.dryRun ? renderDryRun(result) : "";
    case "written":
      return renderWritten(result);
    case "comparison":
      return renderComparison(result);
    case "verification":
      return renderVerification(result);
    case "message":
      return result.lines.map((it) => `${it}\n`).join("");
  }
}

function renderWritten({ revisions }: WrittenResult): string {
  if (revisions.length === 0) return "No changes in schema detected.\n";
  return revisions.map(({ path }) => `Generating ${path} ...  done\n`).join("");
}

function renderComparison({ title, operations, drift }: ComparisonResult): string {
  const lines = [...operations, ...drift].flatMap(({ description, destructive }) =>
    description.map((line) => `  ${line}${destructive.length > 0 ? "  (destructive)" : ""}`)
  );
  return [title, ...lines].map((it) => `${it}\n`).join("");
}

function renderRevisions(result: RevisionsResult): string {
  const missing = (result.missing ?? []).map((it) => `${it} (not on disk)\n`).join("");
  const title = result.database !== undefined && result.layout === "entry"
    ? `Current revision(s) for ${result.database}:\n`
    : "";
  const byId = new Map(result.revisions.map((it) => [it.revision, it]));
  const shown = result.layout === "branches" || result.layout === "branchEntries"
    ? result.revisions.filter((it) => it.isBranchPoint)
    : result.revisions;
  const body = shown.map((it) => {
    switch (result.layout) {
      case "line":
        return `${revisionLine(it)}\n`;
      case "history":
        return `${historyLine(it)}\n`;
      case "entry":
        return `${entry(it)}\n`;
      case "branches":
        return `${revisionLine(it)} (branchpoint)\n${branchLines(it, byId)}\n`;
      case "branchEntries":
        return `${entry(it)}\n${branchLines(it, byId, { withMessage: true })}\n`;
    }
  }).join("");
  return title + missing + body;
}

function branchLines(
  point: RevisionView,
  byId: ReadonlyMap<string, RevisionView>,
  { withMessage = false }: { readonly withMessage?: boolean } = {},
): string {
  const indent = " ".repeat(point.revision.length + 1);
  return point.children.map((id) => {
    const child = byId.get(id);
    if (child === undefined) return `${indent}-> ${id}\n`;
    const message = withMessage && child.message !== "" ? `, ${child.message}` : "";
    return `${indent}-> ${revisionLine(child)}${message}\n`;
  }).join("");
}

/** `1975ea83b712 (dependency) -> ae1027a6acf (label) (head), message` */
function historyLine(view: RevisionView): string {
  const below = view.downRevisions.length > 0 ? view.downRevisions.join(", ") : "<base>";
  const dependencies = view.dependsOn.length > 0 ? ` (${view.dependsOn.join(", ")})` : "";
  const current = view.isCurrent ? " (current)" : "";
  const message = view.message === "" ? "" : `, ${view.message}`;
  return `${below}${dependencies} -> ${revisionLine(view)}${current}${graphMarks(view)}${message}`;
}

function graphMarks({ isBranchPoint, isMerge }: RevisionView): string {
  return `${isBranchPoint ? " (branchpoint)" : ""}${isMerge ? " (mergepoint)" : ""}`;
}

function entry(view: RevisionView): string {
  const below = view.downRevisions.length > 0 ? view.downRevisions.join(", ") : "<base>";
  const facts = [
    `Rev: ${view.revision}${headMark(view)}${view.isCurrent ? " (current)" : ""}${
      graphMarks(view)
    }`,
    `${view.isMerge ? "Merges" : "Parent"}: ${below}`,
    view.dependsOn.length > 0 && `Also depends on: ${view.dependsOn.join(", ")}`,
    view.isBranchPoint && `Branches into: ${view.children.join(", ")}`,
    view.branchLabels.length > 0 && `Branch names: ${view.branchLabels.join(", ")}`,
    `Path: ${view.path}`,
  ];
  const words = view.documentation === ""
    ? []
    : ["", ...view.documentation.split("\n").map((it) => `    ${it}`.trimEnd())];
  return [...facts.filter((it) => it !== false), ...words].map((it) => `${it}\n`).join("");
}

function renderDryRun({ steps, from, to }: RunResult): string {
  if (steps.length === 0) return `Nothing to do: the database is at ${at(from)}\n`;
  const lines = steps.map(({ direction, revision, downRevisions, message }) => {
    const below = downRevisions.join(", ");
    const told = message === "" ? "" : `, ${message}`;
    if (direction === "stamp") return `Would stamp ${revision === "" ? "base" : revision}\n`;
    return direction === "upgrade"
      ? `Would upgrade ${below} -> ${revision}${told}\n`
      : `Would downgrade ${revision} -> ${below}${told}\n`;
  });
  return `${lines.join("")}From ${at(from)} to ${at(to)}; nothing was changed\n`;
}

function at(heads: readonly string[]): string {
  return heads.length === 0 ? "base" : heads.join(", ");
}

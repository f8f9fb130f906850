import { DatabaseError } from "../driver/database_error.ts";
import { ToolError } from "../error.ts";
import type { Location } from "../sql/statement.ts";
import type { Step } from "../plan/plan.ts";

/** Returns the error for people of what went wrong at `at` in `step`: which file and line, which statement, where in it. */
export function explainFailure(
  error: unknown,
  step: Pick<Step, "move" | "source">,
  at: Location | undefined,
): ToolError {
  const facts = {
    revision: revisionOf(step),
    file: at?.file ?? step.source?.file,
    line: at?.line,
    column: at?.column,
  };
  const doing = `Cannot ${verb(step)} ${revisionOf(step)}`;
  if (error instanceof DatabaseError) {
    const { answer } = error;
    const { refusal } = answer.statement;
    if (refusal && (refusal.answer ?? answer.message) === answer.message) {
      return new ToolError("operation/invalid", refusal.message, {
        ...facts,
        hint: refusal.hint,
        cause: error,
      });
    }
    const before = answer.position === undefined
      ? ""
      : answer.statement.sql.slice(0, answer.position - 1);
    const verbatim = at?.file.endsWith(".sql") === true;
    return new ToolError("database/failed", `${doing}: ${answer.message}`, {
      ...facts,
      line: verbatim ? at.line + before.split("\n").length - 1 : facts.line,
      detail: [
        refusal ? undefined : excerpt(answer.statement.sql, answer.position),
        answer.serverDetail && `Detail: ${answer.serverDetail}`,
      ].filter(Boolean).join("\n"),
      hint: answer.serverHint ?? error.facts.hint,
      cause: error,
    });
  }
  if (error instanceof ToolError) return error.with(facts);
  const message = error instanceof Error ? error.message : String(error);
  return new ToolError("script/failed", `${doing}: ${message}`, { ...facts, cause: error });
}

function verb({ move }: Pick<Step, "move">): string {
  return move.direction === "upgrade"
    ? "upgrade to"
    : move.direction === "downgrade"
    ? "downgrade"
    : "stamp";
}

/** Returns the name under which a step is known to people. */
export function revisionOf({ move }: Pick<Step, "move">): string {
  return move.direction === "stamp" ? move.to.join(", ") || "base" : move.revision.id;
}

const shownLines = 4;
const shownWidth = 120;

/** Returns the lines of `sql` around `position` (in characters from 1), with a caret under it; without one, its first lines. */
export function excerpt(sql: string, position: number | undefined): string {
  if (position === undefined) {
    const lines = sql.replace(/^\s*\n/, "").trimEnd().split("\n");
    const more = lines.length > shownLines ? ["…"] : [];
    return [...lines.slice(0, shownLines).map((it) => clip(it, 0)), ...more].map((it) => `  ${it}`)
      .join("\n");
  }
  const before = sql.slice(0, position - 1).split("\n");
  const at = before.length - 1;
  const column = before[at]?.length ?? 0;
  const from = column > shownWidth - 20 ? column - 40 : 0;
  const shown = sql.split("\n").slice(Math.max(0, at - 2), at + 1).map((it, index, all) =>
    clip(it, index === all.length - 1 ? from : 0)
  );
  const indent = column - from + (from > 0 ? 1 : 0);
  return [...shown, `${" ".repeat(indent)}^`].map((it) => `  ${it}`).join("\n");
}

function clip(line: string, from: number): string {
  const text = (from > 0 ? "…" : "") + line.slice(from).replaceAll("\t", " ").replaceAll("\r", "");
  return text.length > shownWidth ? `${text.slice(0, shownWidth - 1)}…` : text;
}

import { DatabaseError } from "../../driver/database_error.ts";
import { ToolError } from "../../error.ts";
import { excerpt } from "../../sql/excerpt.ts";
import { thrownMessage } from "../../script/code/thrown_message.ts";
import type { OwnStatement } from "../../sql/own_statement.ts";
import type { Location } from "../../sql/statement.ts";
import type { Step } from "../../plan/plan.ts";
import { advice } from "./advice.ts";

/**
 * Returns the user-facing error for what failed at `at` in `step`: file and line, the statement,
 * and the position in it.
 */
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
    const { refusal }: OwnStatement = answer.statement;
    const refused = refusedBy(error);
    if (refused) return refused.with(facts);
    const before = answer.position === undefined
      ? ""
      : answer.statement.sql.slice(0, answer.position - 1);
    const verbatim = at?.file.endsWith(".sql") === true;
    return new ToolError("database/failed", `${doing}: ${answer.message}`, {
      ...facts,
      line: verbatim ? at.line + before.split("\n").length - 1 : facts.line,
      detail: [
        refusal
          ? undefined
          : answer.statement.sql && excerpt(answer.statement.sql, answer.position),
        answer.serverDetail && `Detail: ${answer.serverDetail}`,
      ].filter(Boolean).join("\n"),
      hint: advice(answer) ?? answer.serverHint ?? error.facts.hint,
      cause: error,
    });
  }
  if (error instanceof ToolError) return error.with(facts);
  const message = `${doing}: ${thrownMessage(error)}`;
  return new ToolError("script/failed", message, { ...facts, cause: error });
}

/** Returns the error that the failed statement exists to raise, if it is such a statement. */
export function refusedBy(error: DatabaseError): ToolError | undefined {
  const { message, statement } = error.answer;
  const { refusal }: OwnStatement = statement;
  if (!refusal || (refusal.answer ?? message) !== message) return undefined;
  return new ToolError("operation/invalid", refusal.message, { hint: refusal.hint, cause: error });
}

function verb({ move }: Pick<Step, "move">): string {
  return move.direction === "upgrade"
    ? "upgrade to"
    : move.direction === "downgrade"
    ? "downgrade"
    : "stamp";
}

/** Returns the name by which a step is known to users. */
export function revisionOf({ move }: Pick<Step, "move">): string {
  return move.direction === "stamp" ? move.to.join(", ") || "base" : move.revision.id;
}

import { DatabaseError } from "../../driver/database_error.ts";
import { ToolError } from "../../error.ts";
import type { Step } from "../../plan/plan.ts";
import type { VersionTable } from "../../plan/version_table.ts";
import type { OwnStatement } from "../../sql/own_statement.ts";
import { quoteName } from "../../sql/quote.ts";
import { historyTable } from "../history/history.ts";
import { advice } from "./advice.ts";
import { explainFailure, revisionOf } from "./explain_failure.ts";

/**
 * Returns the user-facing error if the database did not let us record `step` in the history, or
 * commit that; any other `error` unchanged.
 */
export function explainNotRecorded(
  error: unknown,
  step: Pick<Step, "move" | "source">,
  versionTable: VersionTable,
): unknown {
  if (!(error instanceof DatabaseError)) return error;
  const { answer } = error;
  const { ownTable }: OwnStatement = answer.statement;
  if (ownTable === undefined) return explainFailure(error, step, undefined);
  const revision = revisionOf(step);
  const message = `Cannot record ${revision} in ${ownTable}: ${answer.message}`;
  return new ToolError("database/failed", message, {
    revision,
    file: step.source?.file,
    // insufficient_privilege
    hint: answer.sqlState === "42501"
      ? `GRANT SELECT, INSERT ON ${quoteName(historyTable(versionTable))} TO the role, ` +
        'or set role = "…" in the configuration to one that may'
      : advice(answer) ?? answer.serverHint ?? error.facts.hint,
    cause: error,
  });
}

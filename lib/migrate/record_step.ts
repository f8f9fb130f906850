import type { Session } from "../driver/driver.ts";
import { DatabaseError } from "../driver/database_error.ts";
import { changeVersion } from "../plan/version_table.ts";
import type { Step } from "../plan/plan.ts";
import { explainFailure, revisionOf } from "./explain_failure.ts";
import { type HistoryRow, insertHistory } from "./history.ts";
import type { RunOptions } from "./run_options.ts";
import { VersionConflict } from "./version_conflict.ts";

/** What the history says of a step, beside what the step itself knows. */
export type Outcome = Pick<HistoryRow, "outcome" | "started" | "milliseconds" | "statementsDone"> & {
  readonly error?: string;
};

/**
 * Writes the version rows of `step` and its history row, in the transaction that did its work.
 *
 * @throws {VersionConflict} If a row was not there, or was there already: somebody else did the step.
 */
export async function recordStep(session: Session, step: Step, outcome: Outcome, options: RunOptions): Promise<void> {
  const { versionTable, history, dialect, runner } = options;
  let counts: readonly number[];
  try {
    counts = await session.send(step.changes.map((it) => changeVersion(versionTable, it)));
  } catch (error) {
    throw isUniqueViolation(error) ? new VersionConflict() : explainFailure(error, step, undefined);
  }
  if (counts.some((it) => it !== 1)) throw new VersionConflict();
  if (history) {
    await session.send([insertHistory(versionTable, dialect.name, runner, [historyRow(step, outcome)])]);
  }
}

/** Returns the row of the history that says `outcome` of `step`. */
export function historyRow(step: Step, outcome: Outcome): HistoryRow {
  return {
    error: undefined,
    ...outcome,
    revision: revisionOf(step),
    direction: step.move.direction,
    statements: Math.max(step.work.length, outcome.statementsDone),
    checksum: step.source?.checksum,
  };
}

function isUniqueViolation(error: unknown): boolean {
  const state = error instanceof DatabaseError ? error.answer.sqlState : undefined;
  return state === "23505" || state === "SQLITE_CONSTRAINT_PRIMARYKEY" || state === "SQLITE_CONSTRAINT_UNIQUE";
}

import type { Session } from "../../driver/driver.ts";
import { changeVersion } from "../../plan/version_table.ts";
import type { Step } from "../../plan/plan.ts";
import { explainFailure, revisionOf } from "../explain/explain_failure.ts";
import { type HistoryRow, insertHistory } from "./history.ts";
import type { RunOptions } from "../run_options.ts";
import { isUniqueViolation, VersionConflict } from "../version_conflict.ts";

/** What the history records of a step besides the step's own facts. */
export type Outcome =
  & Pick<HistoryRow, "outcome" | "started" | "milliseconds" | "statementsDone">
  & {
    readonly error?: string;
  };

/**
 * Writes the version rows of `step` and its history row in a separate transaction: for a step whose
 * work could not be in it.
 *
 * @throws {VersionConflict} If a row was missing or existed already: another run did the step.
 */
export async function recordStep(
  session: Session,
  step: Step,
  outcome: Outcome,
  options: RunOptions,
): Promise<void> {
  let counts: readonly number[];
  try {
    counts = await session.send(step.changes.map((it) => changeVersion(options.versionTable, it)));
  } catch (error) {
    throw isUniqueViolation(error) ? new VersionConflict() : explainFailure(error, step, undefined);
  }
  if (counts.some((it) => it !== 1)) throw new VersionConflict();
  // A step that has begun in the journal must also end there.
  await recordHistory(session, [{ step, outcome }], { ...options, history: true });
}

const mostRows = 500;

/** Adds a row to the history for each step, unless the project has history disabled. */
export async function recordHistory(
  session: Session,
  steps: readonly { readonly step: Step; readonly outcome: Outcome }[],
  { versionTable, history, dialect, runner }: RunOptions,
): Promise<void> {
  if (!history) return;
  for (let from = 0; from < steps.length; from += mostRows) {
    const rows = steps.slice(from, from + mostRows).map(({ step, outcome }) =>
      historyRow(step, outcome)
    );
    await session.send([insertHistory(versionTable, dialect.name, runner, rows)]);
  }
}

/** Returns the history row that records `outcome` of `step`. */
export function historyRow(step: Step, outcome: Outcome): HistoryRow {
  const statements = Math.max(step.work.length, outcome.statementsDone);
  return {
    ...progressRow(step, { ...outcome, statements }),
    ...(outcome.outcome === "done" && {
      lines: step.source?.lines,
      sources: step.sources,
    }),
  };
}

/** Returns the history row that records how far a step has come. */
export function progressRow(
  step: Pick<Step, "move" | "source">,
  progress: Outcome & Pick<HistoryRow, "statements">,
): HistoryRow {
  return {
    error: undefined,
    ...progress,
    revision: revisionOf(step),
    direction: step.move.direction,
    checksum: step.source?.checksum,
  };
}

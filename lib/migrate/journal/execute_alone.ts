import { isInDoubt, lossOf } from "../../driver/commit_in_doubt.ts";
import { ToolError } from "../../error.ts";
import type { Step } from "../../plan/plan.ts";
import { hasCommitted } from "../execute/has_committed.ts";
import { explainFailure, revisionOf } from "../explain/explain_failure.ts";
import { explainNotRecorded } from "../explain/explain_not_recorded.ts";
import { interrupted } from "../interrupted.ts";
import { countItems, type Item, itemsOf } from "./items.ts";
import { Journal } from "./journal.ts";
import { expectRows, lockedTransaction } from "../lock/locked_transaction.ts";
import { OwnLockTimeout } from "../lock/own_lock_timeout.ts";
import { recordStep } from "../history/record_step.ts";
import { rememberSession } from "../execute/session_keeper.ts";
import { skipDone } from "./resume_work.ts";
import { runAlone } from "./run_alone.ts";
import type { RunLock } from "../lock/run_lock.ts";
import { timeoutSettings } from "../lock/timeout_settings.ts";
import type { RunOptions } from "../run_options.ts";
import type { Statement } from "../../sql/statement.ts";
import { commandOn } from "./unfinished_work.ts";
import { unitsOf } from "./units.ts";
import { VersionConflict } from "../version_conflict.ts";

/**
 * Executes a step that must not run in one transaction, with a journal: statements that can run in
 * a transaction do, together with the row that records them; one that can't is recorded as started
 * before it runs, and as done afterwards. So the history always shows how far the step came, and an
 * interrupted step continues where it stopped.
 */
export async function executeAlone(step: Step, lock: RunLock, ofRun: RunOptions): Promise<void> {
  const timeouts = { ...ofRun.timeouts, ...step.timeouts };
  const { database: { connection }, report, versionTable } = ofRun;
  const options = { ...ofRun, timeouts };
  report({ kind: "stepStarted", move: step.move });
  await expectRows(connection, step.before, options);
  await options.hooks?.beforeStep?.(step);
  const items = itemsOf(step.work);
  const remembered = await rememberSession([step], options);
  const session = sessionTimeouts(options);
  // They are set once: what the step then sets itself holds until its end.
  const inside = { ...options, timeouts: {}, ownLockTimeout: new OwnLockTimeout() };
  const journal = await Journal.open(step, countItems(step.work), { lock, options: inside });
  try {
    for (const it of session.set) await connection.query(it);
    await skipDone(items, { step, journal, options: inside });
    await executeUnits(items, { step, journal, options: inside });
  } finally {
    // A lost session has nothing to restore.
    for (const it of [...session.reset, ...remembered]) await connection.query(it).catch(() => {});
  }
  const { started, milliseconds, statementsDone } = journal;
  const outcome = { outcome: "done", started, milliseconds, statementsDone } as const;
  await lockedTransaction(lock, options, async (session) => {
    await expectRows(session, step.before, options);
    await recordStep(session, step, outcome, options);
  }).catch(async (error: unknown) => {
    if (await hasCommitted(error, step, options)) return;
    throw explainNotRecorded(lossOf(error), step, versionTable);
  });
  report({ kind: "stepFinished", move: step.move, milliseconds: journal.milliseconds });
}

/** Returns the statements that set the timeouts of a step for its session, and those that end that. */
function sessionTimeouts(
  { timeouts, dialect }: RunOptions,
): { readonly set: readonly Statement[]; readonly reset: readonly Statement[] } {
  if (dialect.name !== "postgres") return { set: [], reset: [] };
  return {
    set: timeoutSettings(timeouts, "session"),
    reset: timeoutSettings({}, "session", timeouts),
  };
}

/** @throws {ToolError} Which also says what part of the step is done and stays. */
async function executeUnits(
  items: Iterable<Item>,
  { step, journal, options }: {
    readonly step: Step;
    readonly journal: Journal;
    readonly options: RunOptions;
  },
): Promise<void> {
  const { report, signal } = options;
  try {
    for await (const unit of unitsOf(items, step, options)) {
      signal?.throwIfAborted();
      const [item] = unit.items;
      if (item?.kind === "statement") report({ kind: "statement", sql: item.statement.sql });
      if (unit.transactional) await journal.note({ done: unit.items }, unit);
      else if (item?.kind === "statement") {
        await runAlone(item, unit.run, { step, journal, options });
      }
    }
  } catch (error) {
    if (error instanceof VersionConflict) throw error;
    const told = signal?.aborted
      ? interrupted(signal)
      : error instanceof ToolError
      ? error
      : explainFailure(error, step, undefined);
    throw leftBehind(told, step, journal);
  }
}

/**
 * What has committed by itself stays when a later statement fails; the error must say so, and how
 * to continue.
 */
function leftBehind(
  error: ToolError,
  step: Step,
  { statementsDone, inDoubt }: Journal,
): ToolError {
  if (isInDoubt(error) || (statementsDone === 0 && !inDoubt)) return error;
  const [stays, behind] = statementsDone === 1
    ? ["The first statement of this revision is done and stays", "it"]
    : [`The first ${statementsDone} statements of this revision are done and stay`, "them"];
  const again = `${commandOn(revisionOf(step), step.move.direction)} continues after ${behind}`;
  const settle = `Settle with "migrate resume ${revisionOf(step)}" whether this one was done`;
  return error.with({
    stays: !inDoubt ? `${stays}: ${again}` : statementsDone > 0 ? `${stays}. ${settle}` : settle,
  });
}

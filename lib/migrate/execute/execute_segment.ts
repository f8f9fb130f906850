import { lossOf } from "../../driver/commit_in_doubt.ts";
import { DatabaseError } from "../../driver/database_error.ts";
import { changeVersion } from "../../plan/version_table.ts";
import type { Segment, Step } from "../../plan/plan.ts";
import { ToolError } from "../../error.ts";
import type { Report } from "../../report/event.ts";
import type { Move } from "../../revision/route.ts";
import type { Statement } from "../../sql/statement.ts";
import type { Timeouts } from "../../sql/timeouts.ts";
import { executeAlone } from "../journal/execute_alone.ts";
import { executeBatch, fitsBatch } from "./execute_batch.ts";
import { executeWork } from "./execute_work.ts";
import { expectArrival } from "./expect_arrival.ts";
import { explainFailure, revisionOf } from "../explain/explain_failure.ts";
import { readViolations, refuseNew } from "./foreign_key_violations.ts";
import { hasCommitted } from "./has_committed.ts";
import { expectRows, lockedTransaction } from "../lock/locked_transaction.ts";
import { recordHistory } from "../history/record_step.ts";
import type { RunLock } from "../lock/run_lock.ts";
import type { RunOptions } from "../run_options.ts";
import { rememberSession, rememberTransaction, SessionKeeper } from "./session_keeper.ts";
import { StatementQueue } from "./statement_queue.ts";
import { StepProgress } from "./step_progress.ts";
import { timeoutSettings } from "../lock/timeout_settings.ts";
import { versionRowsAt } from "./version_rows.ts";
import { watchStep } from "./watch_step.ts";

/**
 * Executes one segment of a plan: all of it or, if it is transactional and fails, nothing.
 *
 * @throws {VersionConflict} If the version rows are not those that the plan was made from; nothing
 *   was done then.
 * @throws {ToolError} If the work fails.
 */
export async function executeSegment(
  segment: Segment,
  lock: RunLock,
  options: RunOptions,
): Promise<void> {
  const [first] = segment.steps;
  if (first === undefined) return;
  if (!segment.transactional) return await executeAlone(first, lock, options);
  if (!hasTransaction(segment, options)) return await executeBatch(first, lock, options);
  const rebuilds = options.dialect.name === "sqlite" &&
    segment.steps.some((step) => step.work.some((it) => it.kind === "deferred"));
  const watches = rebuilds && options.foreignKeys;
  const report = onceAStep(options.report);
  const remembered = await rememberSession(segment.steps, options);
  await lockedTransaction(lock, options, async (session) => {
    await expectRows(session, first.before, options);
    const violations = watches ? await readViolations(session) : undefined;
    const progress = new StepProgress({ ...options, report });
    const local = await rememberTransaction(segment.steps, session, options);
    const keeper = new SessionKeeper(options.dialect, [...remembered, ...local]);
    const queue = new StatementQueue(session, { progress, keeper, signal: options.signal });
    let timeouts: Timeouts = options.timeouts;
    const { hooks } = options;
    const versionRows = await versionRowsAt(segment.steps, session, options);
    for (const [index, step] of segment.steps.entries()) {
      if (hooks?.beforeStep) {
        progress.begin(step);
        await hooks.beforeStep(step);
      }
      for (const statement of changedTimeouts(timeouts, step, options)) {
        await queue.add({ step, statement, setting: true });
      }
      timeouts = { ...options.timeouts, ...step.timeouts };
      const refuseBroken = await watchStep(step, session, queue);
      for (const work of step.work) {
        await executeWork(work, step, { queue, keeper, session, options });
      }
      await refuseBroken?.();
      // The version table must be found where it was, and the next revision inherits nothing.
      const restoring = keeper.restore();
      for (const statement of restoring) await queue.add({ step, statement, setting: true });
      if (restoring.length > 0) timeouts = {}; // these are settings, too
      for (const change of versionRows[index] ?? []) {
        const statement = changeVersion(options.versionTable, change);
        await queue.add({ step, statement, version: true });
      }
      queue.end(step);
      if (hooks?.beforeStep || hooks?.afterStep) await queue.flush(); // each step is sent by itself
      await hooks?.afterStep?.(step);
    }
    await queue.flush();
    if (violations) refuseNew(violations, await readViolations(session));
    await expectArrival(session, segment.steps.at(-1) ?? first, options.versionTable);
    await recordHistory(session, progress.seen, options);
  }, rebuilds ? { foreignKeys: false } : undefined).catch(async (error: unknown) => {
    const after = segment.steps.at(-1)?.after ?? first.after;
    if (!await hasCommitted(error, { before: first.before, after }, options)) {
      throw atCommit(lossOf(error), segment.steps);
    }
  });
}

/**
 * Returns `error` with its step if it was not a statement that failed but the COMMIT, which checks
 * deferred constraints.
 */
function atCommit(error: unknown, steps: readonly Step[]): unknown {
  const last = steps.at(-1);
  if (!(error instanceof DatabaseError) || last === undefined) return error;
  if (steps.length === 1) return explainFailure(error, last, undefined);
  // Nobody can tell which one caused it.
  const { revision: _, ...facts } = explainFailure(error, { move: last.move }, undefined).facts;
  const { message } = error.answer;
  return new ToolError("database/failed", `Cannot commit ${severalOf(steps)}: ${message}`, facts);
}

function severalOf(steps: readonly Step[]): string {
  const ids = steps.map(revisionOf);
  return ids.length <= 3
    ? ids.join(", ")
    : `${ids.length} revisions, ${ids.at(0)} to ${ids.at(-1)}`;
}

/**
 * Returns whether a transaction is open while the steps of `segment` run, so that they can still be
 * rolled back afterwards.
 */
export function hasTransaction(segment: Segment, { database }: RunOptions): boolean {
  return segment.transactional &&
    !(database.connection.kind === "libsql" && fitsBatch(segment));
}

/** A retried transaction begins its steps again, which is reported only once. */
function onceAStep(report: Report): Report {
  const told = new Set<Move>();
  return (event) => {
    if (event.kind === "stepStarted") {
      if (told.has(event.move)) return;
      told.add(event.move);
    }
    report(event);
  };
}

/** Returns the statements that change the timeouts from `before` to those of `step`. */
function changedTimeouts(
  before: Timeouts,
  step: Step,
  { timeouts, dialect }: RunOptions,
): readonly Statement[] {
  if (dialect.name !== "postgres") return [];
  const wanted = { ...timeouts, ...step.timeouts };
  return timeoutSettings(wanted, "transaction", before);
}

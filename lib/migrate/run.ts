import { ToolError } from "../error.ts";
import { type Plan, type Step, stepsOf } from "../plan/plan.ts";
import { createVersionTable } from "../plan/version_table.ts";
import type { RevisionMap } from "../revision/revision_map.ts";
import type { Queryable, Statement } from "../sql/statement.ts";
import { revisionOf } from "./explain/explain_failure.ts";
import { explainNotCreated } from "./explain/explain_not_created.ts";
import { isInDoubt, isLoss } from "../driver/commit_in_doubt.ts";
import { allowedPlan, type PlanFrom } from "./allowed_plan.ts";
import { Conflicts } from "./conflicts.ts";
import { executeSegment, hasTransaction } from "./execute/execute_segment.ts";
import { completeHistory, insertHistory } from "./history/history.ts";
import { interrupted } from "./interrupted.ts";
import { interruptedWork } from "./journal/journal_state.ts";
import { lockedTransaction } from "./lock/locked_transaction.ts";
import { hasTable } from "./query_own.ts";
import { readHeads } from "./read_heads.ts";
import { readPresentColumns } from "./history/read_history.ts";
import { historyRow } from "./history/record_step.ts";
import { acquireRunLock } from "./lock/acquire_run_lock.ts";
import { lockedOutOfOwn } from "./lock/patient_transaction.ts";
import type { RunLock } from "./lock/run_lock.ts";
import { committedBy, RunError } from "./run_error.ts";
import type { RunOptions } from "./run_options.ts";
import { type RunOutcome, RunProgress } from "./run_progress.ts";
import { StepWatch } from "./step_watch.ts";
import { VersionConflict } from "./version_conflict.ts";
import { withSchema } from "./with_schema.ts";

/** More plans than this cannot be explained by other runs: it is a bug. */
const mostPlans = 1000;

/**
 * Executes the plan that `planFrom` makes, one run at a time, and returns what was done.
 *
 * The heads are read again under the lock, and the plan is made from them; it is made again
 * whenever a work transaction finds other version rows than its step expects. So a step happens
 * once.
 *
 * @throws {RunError} If a step fails: it tells what had been done.
 * @throws {ToolError} If the lock is busy, or no plan can be made; nothing was done then.
 */
export async function run(
  options: RunOptions,
  planFrom: PlanFrom,
  map: RevisionMap,
): Promise<RunOutcome> {
  await using lock = await acquireRunLock(options);
  return await runUnderLock(lock, options, planFrom, map);
}

async function runUnderLock(
  lock: RunLock,
  ofRun: RunOptions,
  planFrom: PlanFrom,
  map: RevisionMap,
): Promise<RunOutcome> {
  const progress = ofRun.progress ?? new RunProgress();
  const watch = new StepWatch({ ...ofRun, progress });
  const { options } = watch;
  const { database: { connection }, dialect, versionTable } = options;
  const conflicts = new Conflicts();
  for (let plans = 0; plans < mostPlans; plans++) {
    const rows = await readHeads(connection, dialect.name, versionTable);
    progress.at(rows.heads);
    const earlier = progress.outcome.steps.length;
    const { plan, settles } = await allowedPlan(rows, options, planFrom, map).catch(
      (error: unknown) => {
        if (earlier === 0 || !(error instanceof ToolError)) throw error;
        throw new RunError(error, committedBy(progress.outcome));
      },
    );
    let prepared = options;
    try {
      // What settles half-done work is recorded even if the project has history disabled.
      const recording = { ...options, history: options.history || settles };
      prepared = await prepare(plan, recording, { first: plans === 0 });
      await ensureTables(lock, withJournal(plan, prepared));
      const steps = stepsOf(plan).length;
      if (steps > 0) {
        options.report({ kind: "planned", steps });
        // Whatever search path a revision's own functions leave behind.
        prepared = { ...prepared, versionTable: await withSchema(versionTable, connection) };
      }
      for (const segment of plan.segments) {
        await executeSegment(segment, lock, prepared);
        progress.add(segment.steps);
        const [step] = segment.steps;
        if (step && !hasTransaction(segment, options)) await options.hooks?.afterStep?.(step);
      }
      const { outcome } = progress;
      // Another run may have done all of it since ours announced itself.
      if (outcome.steps.length > 0 || plans > 0) await options.hooks?.afterRun?.(plan);
      return outcome;
    } catch (error) {
      const left = stepsOf(plan).slice(progress.outcome.steps.length - earlier);
      const so = { progress, left, watch };
      if (!(error instanceof VersionConflict)) throw await failed(error, plan, so, prepared);
      const own = await conflicts.add(error, plan, left[0]);
      if (own) throw await failed(own, plan, so, prepared);
    }
  }
  throw new VersionConflict();
}

/** Calls the project's `beforeRun` and makes the backup; the history then names it. */
async function prepare(
  plan: Plan,
  options: RunOptions,
  { first }: { readonly first: boolean },
): Promise<RunOptions> {
  const { hooks, runner } = options;
  if (hooks === undefined || plan.segments.length === 0) return options;
  if (first) await hooks.beforeRun?.(plan);
  // If another run has moved the database meanwhile, the earlier backup is not of the state that we
  // begin with.
  const backup = await hooks.backup?.(plan);
  return { ...options, runner: { ...runner, backup } };
}

/** Work outside a transaction has a journal even if the project has history disabled. */
function withJournal(plan: Plan, options: RunOptions): RunOptions {
  return { ...options, history: options.history || plan.segments.some((it) => !it.transactional) };
}

/**
 * Creates the version table and the history where they are missing, and adds the columns that an
 * older history lacks.
 */
export async function ensureTables(lock: RunLock, options: RunOptions): Promise<void> {
  const { database: { connection }, dialect, versionTable, history } = options;
  const missing = async (session: Queryable): Promise<readonly Statement[]> => {
    const isThere = await hasTable(session, dialect.name, versionTable);
    const create = isThere ? [] : [createVersionTable(versionTable)];
    if (!history) return create;
    const present = await readPresentColumns(session, dialect.name, versionTable);
    return [...create, ...completeHistory(versionTable, dialect.name, present)];
  };
  if ((await missing(connection)).length === 0) return;
  await lockedTransaction(lock, options, async (session) => {
    // Another run may have created them before we got the lock.
    await session.send(await missing(session));
  }).catch((error: unknown) => {
    throw explainNotCreated(error, versionTable);
  });
}

/**
 * Records the failure in the history, after the rollback, so that it stays; and returns the
 * user-facing error.
 */
async function failed(
  error: unknown,
  plan: Plan,
  { progress, left, watch }: {
    readonly progress: RunProgress;
    /** The steps of `plan` that are not done. */
    readonly left: readonly Step[];
    readonly watch: StepWatch;
  },
  options: RunOptions,
): Promise<unknown> {
  const { database: { connection }, versionTable, dialect, runner, signal, history } = options;
  if (!isInDoubt(error)) progress.endCommit();
  // The bare reason does not tell what was done.
  const isTold = isInDoubt(error) || error instanceof ToolError && error.code === "interrupted" &&
      error.message !== signal?.reason?.message;
  const thrown = signal?.aborted && !isTold ? interrupted(signal) : error;
  if (!(thrown instanceof ToolError)) return thrown;
  const { advised } = await import("../dialect/advised.ts");
  const cause = await advised(thrown, dialect.name, connection);
  const step =
    stepsOf(plan).find((it) =>
      it.move.direction !== "stamp" && it.move.revision.id === cause.facts.revision
    ) ?? left.find((it) => it.move === watch.begun) ?? left[0];
  // Inserting would only wait again for a file, or a table of ours, that stayed locked.
  const isLocked = cause.code === "lock/busy" &&
    (connection.kind !== "postgres" || lockedOutOfOwn(cause));
  if (history && step && !isLocked) {
    // What has committed by itself stays done. A lost connection can tell nothing.
    const [left] = await interruptedWork(connection, options, revisionOf(step)).catch(() => []);
    const row = {
      ...historyRow(step, {
        outcome: "failed",
        ...watch.time(step.move),
        statementsDone: left?.digests.length ?? 0,
        error: cause.message,
      }),
      ...left && { statements: left.statements },
    };
    const limit = connection.kind === "postgres" ? [{ sql: "SET LOCAL lock_timeout = '1s'" }] : [];
    await connection.batch([...limit, insertHistory(versionTable, dialect.name, runner, [row])])
      .catch(() => {});
  }
  await options.hooks?.onError?.(cause, step);
  const { outcome } = progress;
  if (isInDoubt(cause)) return new RunError(cause, committedBy({ ...outcome, to: null }));
  const isPart = isLoss(cause) && outcome.steps.length > 0;
  return new RunError(isPart ? notRepeated(cause) : cause, committedBy(outcome));
}

/** The same command could do more than it was asked to. */
function notRepeated({ code, message, facts }: ToolError): ToolError {
  return new ToolError(code, message, {
    ...facts,
    hint:
      "What was not committed has been undone; name the target by its id: one such as -1 counts from there",
  });
}

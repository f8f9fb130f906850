import type { Session } from "../driver/driver.ts";
import type { Segment, Step } from "../plan/plan.ts";
import { executeAlone } from "./execute_alone.ts";
import { executeBatch, fitsBatch } from "./execute_batch.ts";
import { executeWork } from "./execute_work.ts";
import { recordStep } from "./record_step.ts";
import { expectRows, lockedTransaction } from "./locked_transaction.ts";
import type { RunLock } from "./run_lock.ts";
import type { RunOptions } from "./run_options.ts";

/**
 * Executes one segment of a plan: all of it, or, where it is transactional, nothing.
 *
 * @throws {VersionConflict} If the version rows are not what the plan was made from; nothing was done then.
 * @throws {ToolError} If the work fails.
 */
export async function executeSegment(segment: Segment, lock: RunLock, options: RunOptions): Promise<void> {
  const [only] = segment.steps;
  if (!segment.transactional && only) return await executeAlone(only, lock, options);
  if (options.database.connection.kind === "libsql" && only && fitsBatch(segment)) {
    return await executeBatch(only, lock, options);
  }
  await lockedTransaction(lock, options, async (session) => {
    if (only) await expectRows(session, only.before, options);
    for (const step of segment.steps) await executeStep(session, step, options);
  });
}

async function executeStep(session: Session, step: Step, options: RunOptions): Promise<void> {
  options.report({ kind: "stepStarted", move: step.move });
  const started = options.now();
  const clock = performance.now();
  const statementsDone = await executeWork(session, step, options);
  const milliseconds = performance.now() - clock;
  await recordStep(session, step, { outcome: "done", started, milliseconds, statementsDone }, options);
  options.report({ kind: "stepFinished", move: step.move, milliseconds });
}

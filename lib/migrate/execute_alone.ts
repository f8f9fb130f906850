import { ToolError } from "../error.ts";
import type { Step } from "../plan/plan.ts";
import { explainFailure } from "./explain_failure.ts";
import { insertHistory } from "./history.ts";
import { expectRows, lockedTransaction } from "./locked_transaction.ts";
import { patientStatement } from "./patient_transaction.ts";
import { historyRow, type Outcome, recordStep } from "./record_step.ts";
import type { RunLock } from "./run_lock.ts";
import type { RunOptions } from "./run_options.ts";
import { type Unit, unitsOf } from "./units.ts";

/**
 * Executes a step that must not run in one transaction, with a journal: statements that can run in a
 * transaction do, together with the row that says so; one that can't is noted as started before it
 * runs. So the history always says how far the step came.
 */
export async function executeAlone(step: Step, lock: RunLock, ofRun: RunOptions): Promise<void> {
  const options = { ...ofRun, timeouts: { ...ofRun.timeouts, ...step.timeouts } };
  const { database: { connection }, report, now } = options;
  report({ kind: "stepStarted", move: step.move });
  await expectRows(connection, step.before, options);
  const clock = performance.now();
  const started = now();
  let statementsDone = 0;
  const outcome = (of: Outcome["outcome"]): Outcome => ({
    outcome: of,
    started,
    milliseconds: performance.now() - clock,
    statementsDone,
  });
  try {
    for await (const unit of unitsOf(step, options)) {
      options.signal?.throwIfAborted();
      await executeUnit(unit, outcome);
      statementsDone += unit.count;
    }
  } catch (error) {
    throw leftBehind(
      error instanceof ToolError ? error : explainFailure(error, step, undefined),
      statementsDone,
    );
  }
  await lockedTransaction(
    lock,
    options,
    (session) => recordStep(session, step, outcome("done"), options),
  );
  report({ kind: "stepFinished", move: step.move, milliseconds: performance.now() - clock });

  async function executeUnit(
    unit: Unit,
    outcome: (of: Outcome["outcome"]) => Outcome,
  ): Promise<void> {
    const note = (more: number) =>
      options.history
        ? [insertHistory(options.versionTable, options.dialect.name, options.runner, [
          historyRow(step, { ...outcome("started"), statementsDone: statementsDone + more }),
        ])]
        : [];
    if (unit.transactional) {
      return await lockedTransaction(lock, options, async (session) => {
        await unit.run(session);
        await session.send(note(unit.count));
      }, unit.foreignKeys === false ? { foreignKeys: false } : undefined);
    }
    await connection.batch(note(0));
    await patientStatement(options, (session) => unit.run(session));
  }
}

/** What committed by itself stays when a later statement fails; whoever reads the error must know. */
function leftBehind(error: ToolError, statementsDone: number): ToolError {
  if (statementsDone === 0) return error;
  const which = statementsDone === 1
    ? "The first statement of this revision has"
    : `The first ${statementsDone} statements of this revision have`;
  return new ToolError(error.code, error.message, {
    ...error.facts,
    hint: `${which} been committed and stay${
      statementsDone === 1 ? "s" : ""
    }: undo by hand what they did, or guard the file with IF NOT EXISTS, before you run it again`,
  });
}

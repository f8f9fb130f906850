import { executedStatements } from "../../dialect/executed_statements.ts";
import type { Session } from "../../driver/driver.ts";
import { ToolError } from "../../error.ts";
import { makeOperations } from "../../operations/record/make_operations.ts";
import type { Operation } from "../../operations/operation.ts";
import { findFrame } from "../../operations/record/call_site.ts";
import type { Step, Work } from "../../plan/plan.ts";
import type { Location, Row, Statement } from "../../sql/statement.ts";
import { AskedFor, type FailedCall } from "./asked_for.ts";
import { compileNow } from "./compile_now.ts";
import { compileRecorded } from "../compile_recorded.ts";
import { explainFailure, revisionOf } from "../explain/explain_failure.ts";
import { inspectable } from "./inspectable.ts";
import { KeepingOnTheWay } from "../keeping_belongings.ts";
import { refuseSwitch } from "../guard/foreign_keys_switch.ts";
import { refuseControl } from "../guard/refuse_control.ts";
import { refuseSetting } from "../guard/refuse_setting.ts";
import { property } from "../../script/code/thrown_message.ts";
import type { RunOptions } from "../run_options.ts";
import { turn } from "../turn.ts";

/**
 * Runs the body of a `run` operation: its queries and operations act on `session` at once.
 *
 * @throws {ToolError} With the place of the call that failed.
 */
export async function runBody(
  { operation, at }: Pick<Extract<Work, { kind: "body" }>, "operation" | "at">,
  context: BodyContext,
): Promise<void> {
  const { step, session, options } = context;
  const { dialect, signal } = options;
  const asked = new AskedFor(at?.file);
  const onTheWay = new KeepingOnTheWay(dialect);
  const db = inspectable(guarded(context), asked, options);
  const act = async (operations: readonly Operation[]): Promise<void> => {
    signal?.throwIfAborted();
    const recorded = operations.map((operation) => ({ operation }));
    for (const it of compileRecorded(recorded, dialect, onTheWay.keeping)) {
      if (it.kind === "body") await it.operation.body(db, op);
      else if (it.kind === "statement") {
        await refuseToRun(executedStatements(it.statement, dialect.name), context);
        await session.send([it.statement]);
      } else if (it.kind === "deferred") {
        await session.send(await compileNow(it.recorded, session, dialect));
      }
    }
  };
  const emit = (operations: readonly Operation[]) => asked.follow(() => act(operations));
  const waitFor = <Answer>(answer: Answer) => asked.waitFor(answer);
  const op = makeOperations<Promise<void>>({ emit, autocommit, waitFor }, options.operations);
  try {
    await operation.body(db, op);
    await asked.end();
  } catch (error) {
    await asked.end().catch(() => {});
    const { reason, at: place } = await asked.blamed(error) ?? thrown(error, at);
    throw explainFailure(reason, step, place ?? at);
  }
  await turn();
  signal?.throwIfAborted();
  await session.send(onTheWay.ended());
}

interface BodyContext {
  readonly step: Pick<Step, "move" | "source">;
  readonly session: Session;
  readonly options:
    & Pick<RunOptions, "dialect" | "versionTable" | "operations" | "signal">
    & Partial<Pick<RunOptions, "database">>;
}

/** Returns where in the script `error` was thrown. */
function thrown(error: unknown, at: Location | undefined): FailedCall {
  const stack = property(error, "stack");
  return { reason: error, at: at && findFrame(typeof stack === "string" ? stack : "", at.file) };
}

/**
 * The body of an interrupted run can issue no more statements, and so ends; and no body can end the
 * transaction.
 */
function guarded(context: BodyContext): Session {
  const { session, options: { dialect, signal } } = context;
  return {
    query: async (statement) => {
      const statements = executedStatements(statement, dialect.name);
      await refuseToRun(statements, context);
      let rows: readonly Row[] = [];
      for (const it of statements) {
        signal?.throwIfAborted();
        rows = await session.query(it);
      }
      return rows;
    },
    send: (statements, onAnswer) => session.send(statements, onAnswer),
    sendScript: (statements) => session.sendScript(statements),
    copyIn: (statement, data) => session.copyIn(statement, data),
  };
}

/**
 * @throws {ToolError} For a statement that would end the transaction, that tries to switch off what
 *   cannot be switched off in one, or that would leave something behind in a pooler's session.
 */
async function refuseToRun(
  statements: readonly Statement[],
  { step, session, options: { dialect, database } }: BodyContext,
): Promise<void> {
  for (const it of statements) {
    refuseControl(it);
    if (dialect.name === "sqlite") await refuseSwitch(it, session);
    else refuseSetting(it.sql, { revision: revisionOf(step), at: undefined });
    if (database?.connection.pooled) {
      (await import("../guard/refuse_pooled.ts")).refuseToLeaveBehind(it.sql, { move: step.move });
    }
  }
}

function autocommit(): never {
  throw new ToolError(
    "operation/invalid",
    "Cannot leave the transaction that the body of op.run works in",
    { hint: "Call op.autocommitBlock in the revision's own function, outside op.run" },
  );
}

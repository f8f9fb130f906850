import { ToolError } from "../../error.ts";
import type { Ask } from "./ask.ts";
import { batchOperations } from "./batch_operations.ts";
import { checkOperation } from "../check_operation.ts";
import { columnOperations } from "./column_operations.ts";
import { constraintOperations } from "./constraint_operations.ts";
import { enumOperations } from "./enum_operations.ts";
import { guardCalls, whereListed } from "./guard_calls.ts";
import { objectOperations } from "./object_operations.ts";
import { nameOperation } from "./name_operation.ts";
import type { Operation } from "../operation.ts";
import type { Operations, OperationsContext } from "../operations.ts";
import { namingFor } from "../../schema/naming.ts";
import { tableOperations } from "./table_operations.ts";

/** Receives the operations that the methods of an `Operations` make. */
export interface Sink<Result> {
  /** Takes all operations of one call, in order. */
  emit(operations: readonly Operation[]): Result;
  /** Runs `body`, and takes its operations as a single `autocommit`. */
  autocommit(body: () => void): void;
  /**
   * Returns `answer`, the result of a function that was given the operations; if it is a promise, it
   * will be awaited.
   */
  waitFor<Answer>(answer: Answer): Answer;
}

/**
 * Returns an `Operations` whose methods pass operations to `sink`.
 *
 * The methods throw a `ToolError` `operation/invalid` for operations that no database could do.
 */
export function makeOperations<Result>(
  sink: Sink<Result>,
  { dialect, x, tag, naming = {} }: OperationsContext,
): Operations<Result> {
  const context = namingFor(naming, dialect);
  const ask: Ask<Result> = (method, make) =>
    sink.emit(checked(method, make).map((it) => nameOperation(it, context)));
  const methods = {
    ...tableOperations(ask),
    ...columnOperations(ask),
    ...constraintOperations(ask),
    ...enumOperations(ask),
    ...objectOperations(ask),
  };
  const op: Operations<Result> = guardCalls("op", {
    dialect,
    x,
    tag,
    ...methods,
    batchAlterTable: (table, body) =>
      sink.waitFor(
        called("batchAlterTable", body)(guardCalls("batch", batchOperations(op, table))),
      ),
    autocommitBlock: (body) => sink.autocommit(called("autocommitBlock", body)),
    execute: (text) =>
      ask("execute", () => [
        { kind: "execute", statement: typeof text === "string" ? { sql: text } : text },
      ]),
    run: (summary, body) => ask("run", () => [{ kind: "run", summary, body }]),
  });
  return op;
}

/** Only arguments are read here, so a `TypeError` means that one of them has the wrong type. */
function checked(
  method: keyof Operations,
  make: () => readonly Operation[],
): readonly Operation[] {
  try {
    const operations = make();
    operations.forEach(checkOperation);
    return operations;
  } catch (cause) {
    throw cause instanceof TypeError ? unreadable(method, cause) : cause;
  }
}

function called<Body>(method: keyof Operations, body: Body): Body {
  if (typeof body === "function") return body;
  throw new ToolError("operation/invalid", `Cannot run op.${method}: it has no function`);
}

/** The message of the runtime is about variables of this module, so it is not shown. */
function unreadable(method: keyof Operations, cause: TypeError): ToolError {
  return new ToolError(
    "operation/invalid",
    `Cannot read the arguments of ${method}: one is missing or has the wrong type`,
    { hint: whereListed, cause },
  );
}

import { ToolError } from "../error.ts";
import { defaultExpression, expression } from "../schema/expressions.ts";
import { qualifiedName } from "../schema/qualified_name.ts";
import { columnIndex, makeIndex, table } from "../schema/table.ts";
import { checkOperation } from "./check_operation.ts";
import type { ColumnChange } from "./column_change.ts";
import type { Operation, OperationOf } from "./operation.ts";
import type { AlterColumnOptions, Operations, OperationsContext } from "./operations.ts";

/**
 * Returns an `Operations` whose methods make operations and hand them to `emit`: all that one call
 * asks for, in order.
 *
 * A method throws a `ToolError` `operation/invalid` if no database can do what it is asked for.
 */
export function makeOperations<Result>(
  emit: (operations: readonly Operation[]) => Result,
  { dialect, x, tag }: OperationsContext,
): Operations<Result> {
  const ask = (name: Operation["kind"], make: () => readonly Operation[]): Result =>
    emit(checked(name, make));
  return {
    dialect,
    x,
    tag,
    createTable: (name, ...parts) =>
      ask("createTable", () => [{ kind: "createTable", table: table(name, ...parts) }]),
    dropTable: (name, { ifExists } = {}) =>
      ask("dropTable", () => [
        { kind: "dropTable", name: qualifiedName(name), ...(ifExists && { ifExists }) },
      ]),
    renameTable: (name, to) =>
      ask("renameTable", () => [{ kind: "renameTable", name: qualifiedName(name), to }]),
    addColumn: (name, part) =>
      ask("addColumn", () => {
        const on = qualifiedName(name);
        const { column, constraints, index } = part;
        const add: Operation = { kind: "addColumn", table: on, column, constraints };
        if (index === undefined) return [add];
        const made = columnIndex(on.name, column.name, index.name);
        return [add, { kind: "createIndex", table: on, index: made }];
      }),
    dropColumn: (name, column) =>
      ask("dropColumn", () => [{ kind: "dropColumn", table: qualifiedName(name), column }]),
    renameColumn: (name, column, to) =>
      ask("renameColumn", () => [{ kind: "renameColumn", table: qualifiedName(name), column, to }]),
    alterColumn: (name, column, options) =>
      ask("alterColumn", () => [
        { kind: "alterColumn", table: qualifiedName(name), column, ...alteration(options) },
      ]),
    createIndex: (name, on, columns, { concurrently, ifNotExists, ...options } = {}) =>
      ask("createIndex", () => [{
        kind: "createIndex",
        table: qualifiedName(on),
        index: makeIndex(name, columns, options),
        ...(concurrently && { concurrently }),
        ...(ifNotExists && { ifNotExists }),
      }]),
    dropIndex: (index, options) =>
      ask("dropIndex", () => {
        const { table, concurrently, ifExists } = options;
        return [{
          kind: "dropIndex",
          table: qualifiedName(table),
          index,
          ...(concurrently && { concurrently }),
          ...(ifExists && { ifExists }),
        }];
      }),
    bulkInsert: (name, rows) =>
      ask("bulkInsert", () => [{ kind: "bulkInsert", table: qualifiedName(name), rows }]),
    execute: (text) =>
      ask("execute", () => [
        { kind: "execute", statement: typeof text === "string" ? { sql: text } : text },
      ]),
    run: (summary, body) => ask("run", () => [{ kind: "run", summary, body }]),
  };
}

/** Only arguments are read here, so that a `TypeError` is one of them not being what it must be. */
function checked(
  name: Operation["kind"],
  make: () => readonly Operation[],
): readonly Operation[] {
  try {
    const operations = make();
    operations.forEach(checkOperation);
    return operations;
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    throw new ToolError(
      "operation/invalid",
      `Cannot read the arguments of ${name}: ${cause.message}`,
      {
        cause,
      },
    );
  }
}

function alteration(
  { using, ...options }: AlterColumnOptions,
): Pick<OperationOf<"alterColumn">, "change" | "existing" | "using"> {
  const existing = columnChange({
    type: options.existingType,
    nullable: options.existingNullable,
    serverDefault: options.existingServerDefault,
    comment: options.existingComment,
  });
  return {
    change: columnChange(options),
    ...(Object.keys(existing).length > 0 && { existing }),
    ...(using !== undefined && { using: expression(using) }),
  };
}

function columnChange(
  { type, nullable, serverDefault, comment }: {
    readonly [Key in "type" | "nullable" | "serverDefault" | "comment"]?:
      | AlterColumnOptions[Key]
      | undefined;
  },
): ColumnChange {
  return {
    ...(type && { type }),
    ...(nullable !== undefined && { nullable }),
    ...(serverDefault !== undefined && {
      default: serverDefault === null ? null : defaultExpression(serverDefault),
    }),
    ...(comment !== undefined && { comment }),
  };
}

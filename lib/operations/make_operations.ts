import { ToolError } from "../error.ts";
import { expression } from "../schema/column.ts";
import { defaultExpression } from "../schema/expressions.ts";
import { qualifiedName } from "../schema/qualified_name.ts";
import { columnIndex, makeIndex, table } from "../schema/table.ts";
import type {
  AlterColumnOptions,
  ColumnChange,
  Operation,
  Operations,
  OperationsContext,
} from "./operation.ts";

/**
 * Returns an `Operations` whose methods make operations and hand them to `emit`: all that one call
 * asks for, in order.
 */
export function makeOperations<Result>(
  emit: (operations: readonly Operation[]) => Result,
  { dialect, x, tag }: OperationsContext,
): Operations<Result> {
  return {
    dialect,
    x,
    tag,
    createTable: (name, ...parts) => emit([{ kind: "createTable", table: table(name, ...parts) }]),
    dropTable: (name, { ifExists = false } = {}) =>
      emit([{ kind: "dropTable", name: qualifiedName(name), ...(ifExists && { ifExists }) }]),
    renameTable: (name, to) => emit([{ kind: "renameTable", name: qualifiedName(name), to }]),
    addColumn: (name, { column, constraints, index }) => {
      const on = qualifiedName(name);
      const add: Operation = { kind: "addColumn", table: on, column, constraints };
      if (index === undefined) return emit([add]);
      return emit([add, {
        kind: "createIndex",
        table: on,
        index: columnIndex(on.name, column.name, index.name),
      }]);
    },
    dropColumn: (name, column) =>
      emit([{ kind: "dropColumn", table: qualifiedName(name), column }]),
    renameColumn: (name, column, to) =>
      emit([{ kind: "renameColumn", table: qualifiedName(name), column, to }]),
    alterColumn: (name, column, options) =>
      emit([{
        kind: "alterColumn",
        table: qualifiedName(name),
        column,
        ...alteration(column, options),
      }]),
    createIndex: (name, on, columns, { concurrently, ifNotExists, ...options } = {}) =>
      emit([{
        kind: "createIndex",
        table: qualifiedName(on),
        index: makeIndex(name, columns, options),
        ...(concurrently && { concurrently }),
        ...(ifNotExists && { ifNotExists }),
      }]),
    dropIndex: (name, { table, concurrently, ifExists }) =>
      emit([{
        kind: "dropIndex",
        table: qualifiedName(table),
        index: name,
        ...(concurrently && { concurrently }),
        ...(ifExists && { ifExists }),
      }]),
    bulkInsert: (name, rows) => emit([{ kind: "bulkInsert", table: qualifiedName(name), rows }]),
    execute: (statement) =>
      emit([{
        kind: "execute",
        statement: typeof statement === "string" ? { sql: statement } : statement,
      }]),
    run: (summary, body) => emit([{ kind: "run", summary, body }]),
  };
}

function alteration(
  column: string,
  options: AlterColumnOptions,
): Pick<Extract<Operation, { kind: "alterColumn" }>, "change" | "existing" | "using"> {
  const { existingType, existingNullable, existingServerDefault, existingComment, using } = options;
  const change = columnChange(options);
  if (Object.keys(change).length === 0) {
    throw new ToolError(
      "operation/invalid",
      `Cannot alter the column "${column}": nothing is said to change`,
      {
        hint: "Give a type, nullable, serverDefault or comment",
      },
    );
  }
  const existing = columnChange({
    ...(existingType && { type: existingType }),
    ...(existingNullable !== undefined && { nullable: existingNullable }),
    ...(existingServerDefault !== undefined && { serverDefault: existingServerDefault }),
    ...(existingComment !== undefined && { comment: existingComment }),
  });
  return {
    change,
    ...(Object.keys(existing).length > 0 && { existing }),
    ...(using !== undefined && { using: expression(using) }),
  };
}

function columnChange(
  { type, nullable, serverDefault, comment }: AlterColumnOptions,
): ColumnChange {
  return {
    ...(type && { type }),
    ...(nullable !== undefined && { nullable }),
    ...(serverDefault !== undefined &&
      { default: serverDefault === null ? null : defaultExpression(serverDefault) }),
    ...(comment !== undefined && { comment }),
  };
}

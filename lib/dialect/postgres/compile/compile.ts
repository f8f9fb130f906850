import { executedStatements } from "../../executed_statements.ts";
import { ToolError } from "../../../error.ts";
import { handle } from "../../../operations/handle.ts";
import type { Operation, OperationOf } from "../../../operations/operation.ts";
import type { Schema } from "../../../schema/schema.ts";
import { quoteIdentifier, quoteName } from "../../../sql/quote.ts";
import { besides } from "../../clauses.ts";
import type { CompiledStatement } from "../../dialect.ts";
import { insertRows } from "../../insert_rows.ts";
import { constraintClause } from "./constraint_clause.ts";
import { arrayColumnsIn } from "./array_columns.ts";
import { alterColumn } from "./alter_column.ts";
import { baseTypeIn } from "./base_type.ts";
import { changeEnum } from "../enums/change_enum.ts";
import { alterTableOptions } from "./alter_table_options.ts";
import { columnComments, commentOnTable } from "./comments.ts";
import { createIndex } from "./create_index.ts";
import { columnClause, createTable } from "./create_table.ts";
import { enumUsesIn } from "../enums/enum_uses.ts";
import { addEnumValue, createEnum, renameEnumValue } from "../enums/enums.ts";
import { createObject, dropObject, replaceObject } from "./objects.ts";
import { serialOptions } from "./serial.ts";
import { secureRows } from "./secure_rows.ts";
import { alterTable, statement } from "./statements.ts";

/**
 * Returns the statements of `operation` in PostgreSQL's SQL, in the order to run them.
 *
 * @throws {ToolError} `operation/unsupported` for what PostgreSQL cannot do.
 */
export function compile(operation: Operation, before?: Schema): readonly CompiledStatement[] {
  return handle<readonly CompiledStatement[]>(operation, {
    createTable,
    dropTable: ({ name, ifExists, cascade }) => [
      statement(drop("TABLE", quoteName(name), { ifExists, cascade })),
    ],
    renameTable: ({ name, to }) => [alterTable(name, `RENAME TO ${quoteIdentifier(to)}`)],
    alterTable: alterTableOptions,
    commentTable: ({ table, comment }) => [commentOnTable(table, comment)],
    addColumn,
    dropColumn: ({ table, column, ifExists }) => [
      alterTable(table, drop("COLUMN", quoteIdentifier(column), { ifExists })),
    ],
    renameColumn: ({ table, column, to }) => [
      alterTable(table, `RENAME COLUMN ${quoteIdentifier(column)} TO ${quoteIdentifier(to)}`),
    ],
    alterColumn: (it) => {
      const { type } = it.change;
      return alterColumn(it, before && type && baseTypeIn(before, type));
    },
    addConstraint: ({ table, constraint }) => [
      alterTable(table, `ADD ${constraintClause(constraint)}`),
    ],
    dropConstraint: ({ table, name, ifExists, cascade }) => [
      alterTable(table, drop("CONSTRAINT", quoteIdentifier(name), { ifExists, cascade })),
    ],
    renameConstraint: ({ table, name, to }) => [
      alterTable(table, `RENAME CONSTRAINT ${quoteIdentifier(name)} TO ${quoteIdentifier(to)}`),
    ],
    validateConstraint: ({ table, name }) => [
      alterTable(table, `VALIDATE CONSTRAINT ${quoteIdentifier(name)}`),
    ],
    secureRows: ({ table, security }) => secureRows(table, security, { isNew: false }),
    attachPartition: ({ table, partition, bounds }) => [
      alterTable(table, `ATTACH PARTITION ${quoteName(partition)} ${bounds.sql}`),
    ],
    detachPartition: ({ table, partition, concurrently }) => {
      const change = `DETACH PARTITION ${quoteName(partition)}`;
      const { sql } = alterTable(table, concurrently ? `${change} CONCURRENTLY` : change);
      return [statement(sql, { alone: concurrently })];
    },
    createIndex: (it) => [createIndex(it)],
    dropIndex: ({ table, index, concurrently, ifExists }) => {
      const kind = concurrently ? "INDEX CONCURRENTLY" : "INDEX";
      return [statement(drop(kind, besides(table, index), { ifExists }), { alone: concurrently })];
    },
    renameIndex: ({ table, index, to }) => [
      statement(`ALTER INDEX ${besides(table, index)} RENAME TO ${quoteIdentifier(to)}`),
    ],
    createEnum: (it) => [createEnum(it)],
    dropEnum: ({ name, ifExists }) => [statement(drop("TYPE", quoteName(name), { ifExists }))],
    addEnumValue: (it) => [addEnumValue(it)],
    renameEnumValue: (it) => [renameEnumValue(it)],
    changeEnum: (it) => {
      if (before) return changeEnum(it, enumUsesIn(before, it.name));
      throw new TypeError("The columns of an enum type are known when its turn comes");
    },
    createObject,
    dropObject: (it) => [dropObject(it)],
    replaceObject,
    autocommit: ({ operations }) =>
      operations.flatMap((it) =>
        compile(it.operation, before).map((one) => ({ ...one, transactional: false as const }))
      ),
    bulkInsert: ({ table, rows }) =>
      insertRows(table, rows, "postgres", arrayColumnsIn(before, table)),
    execute: ({ statement }) => executedStatements(statement, "postgres"),
    run: () => {
      throw new TypeError("A body is run, not compiled");
    },
  });
}

function addColumn(
  { table, column, constraints, ifNotExists, position }: OperationOf<"addColumn">,
): readonly CompiledStatement[] {
  if (position) {
    throw new ToolError(
      "operation/unsupported",
      `Cannot put the column "${column.name}" between others on PostgreSQL: it adds columns after the last`,
      { hint: "Leave the position out; or branch on op.dialect" },
    );
  }
  const words = ifNotExists ? "ADD COLUMN IF NOT EXISTS" : "ADD COLUMN";
  return [
    alterTable(
      table,
      `${words} ${columnClause(column, { ...table, columns: [column], constraints })}`,
    ),
    ...constraints.map((it) => alterTable(table, `ADD ${constraintClause(it)}`)),
    ...columnComments(table, [column]),
    ...serialOptions(table, column),
  ];
}

function drop(
  kind: string,
  name: string,
  { ifExists, cascade }: {
    readonly ifExists?: boolean | undefined;
    readonly cascade?: boolean | undefined;
  },
): string {
  return ["DROP", kind, ifExists && "IF EXISTS", name, cascade && "CASCADE"].filter(Boolean)
    .join(" ");
}

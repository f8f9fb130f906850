import { find } from "../../schema/lookup.ts";
import { handle } from "../../operations/handle.ts";
import type { Operation, OperationOf } from "../../operations/operation.ts";
import { columnsOf } from "../../schema/columns_of.ts";
import { countingKey } from "../../schema/counting_key.ts";
import { showName } from "../../schema/qualified_name.ts";
import type { Column, QualifiedName, Schema, Table } from "../../schema/schema.ts";
import { quoteIdentifier, quoteName } from "../../sql/quote.ts";
import {
  besides,
  columnConstraint,
  createTableText,
  indexColumns,
  tableConstraint,
  whereClause,
} from "../clauses.ts";
import type { CompiledStatement } from "../dialect.ts";
import { insertRows } from "../insert_rows.ts";
import { checkAddedColumn } from "./check_added_column.ts";
import { columnClause } from "./column_clause.ts";
import { localReference } from "./local_reference.ts";
import { unsupported } from "./unsupported.ts";

/**
 * Returns the statements of `operation` in SQLite's language, in the order to run them.
 *
 * @throws {ToolError} `operation/unsupported` for what SQLite cannot do to a table that exists.
 */
export function compile(operation: Operation, before?: Schema): readonly CompiledStatement[] {
  return handle<readonly CompiledStatement[]>(operation, {
    createTable,
    dropTable: ({ name, ifExists }) => [
      { sql: `DROP TABLE ${ifExists ? "IF EXISTS " : ""}${quoteName(name)}` },
    ],
    renameTable: ({ name, to }) => [alter(name, `RENAME TO ${quoteIdentifier(to)}`)],
    addColumn: ({ table, column, constraints }) => {
      checkAddedColumn(table, column, constraints);
      const behind = constraints.map((it) => columnConstraint(localReference(it, table)));
      return [alter(table, ["ADD COLUMN", columnClause(column), ...behind].join(" "))];
    },
    dropColumn: (it) => dropColumn(it, before && find(before, it.table)),
    renameColumn: ({ table, column, to }) => [
      alter(table, `RENAME COLUMN ${quoteIdentifier(column)} TO ${quoteIdentifier(to)}`),
    ],
    alterColumn: ({ table, column }) => {
      throw unsupported(
        `alter the column "${column}" of "${showName(table)}"`,
        "it has no ALTER COLUMN",
        "Make a new table, copy the rows, drop the old one and rename the new one",
      );
    },
    createIndex: (it) => [createIndex(it)],
    dropIndex: ({ table, index, ifExists }) => [
      { sql: `DROP INDEX ${ifExists ? "IF EXISTS " : ""}${besides(table, index)}` },
    ],
    bulkInsert: ({ table, rows }) => insertRows(table, rows, "sqlite"),
    execute: ({ statement }) => [statement],
    run: () => {
      throw new TypeError("A body is run, not compiled");
    },
  });
}

function createTable(
  { table, ifNotExists }: OperationOf<"createTable">,
): readonly CompiledStatement[] {
  const key = countingKey(table);
  const lines = [
    ...table.columns.map((it) => it === key ? rowidClause(it, table) : columnClause(it)),
    ...table.constraints.filter((it) => it.kind !== "primaryKey" || key === undefined)
      .map((it) => tableConstraint(localReference(it, table))),
  ];
  return [
    { sql: createTableText(table, lines, { ifNotExists }) },
    ...table.indexes.map((index) =>
      createIndex({ table, index, ...(ifNotExists && { ifNotExists }) })
    ),
  ];
}

/**
 * Only the very word INTEGER makes a column an alias of the rowid, which counts itself up:
 * https://www.sqlite.org/lang_createtable.html#rowid
 */
function rowidClause({ name }: Column, { constraints }: Table): string {
  const key = constraints.filter((it) => it.kind === "primaryKey").map(columnConstraint);
  return [quoteIdentifier(name), "INTEGER NOT NULL", ...key].join(" ");
}

/** An index on the column stands in its way: https://www.sqlite.org/lang_altertable.html#altertabdropcol */
function dropColumn(
  { table, column }: OperationOf<"dropColumn">,
  there: Table | undefined,
): readonly CompiledStatement[] {
  const constraint = there?.constraints.find((it) => columnsOf(it).has(column));
  if (constraint) {
    throw unsupported(
      `drop the column "${column}" of "${showName(table)}"`,
      "a key or a constraint stands on it",
      "Make a new table without it, copy the rows, drop the old one and rename the new one",
    );
  }
  const indexes = there?.indexes.filter((it) => columnsOf(it).has(column)) ?? [];
  return [
    ...indexes.map((it) => ({ sql: `DROP INDEX ${besides(table, it.name)}` })),
    alter(table, `DROP COLUMN ${quoteIdentifier(column)}`),
  ];
}

/** The index has the schema in its name, and its table none. */
function createIndex(
  { table, index, ifNotExists }: Omit<OperationOf<"createIndex">, "kind">,
): CompiledStatement {
  const words = [
    "CREATE",
    index.unique && "UNIQUE",
    "INDEX",
    ifNotExists && "IF NOT EXISTS",
    besides(table, index.name),
    "ON",
    quoteIdentifier(table.name),
  ].filter(Boolean).join(" ");
  return { sql: `${words} (${indexColumns(index)})${whereClause(index.where)}` };
}

function alter(table: QualifiedName, change: string): CompiledStatement {
  return { sql: `ALTER TABLE ${quoteName(table)} ${change}` };
}

import { handle } from "../../operations/handle.ts";
import type { Operation, OperationOf } from "../../operations/operation.ts";
import { countingKey } from "../../schema/counting_key.ts";
import type { Column, QualifiedName, Table } from "../../schema/schema.ts";
import { quoteIdentifier, quoteLiteral, quoteName } from "../../sql/quote.ts";
import {
  besides,
  createTableText,
  generatedClause,
  indexColumns,
  tableConstraint,
  whereClause,
} from "../clauses.ts";
import type { CompiledStatement } from "../dialect.ts";
import { insertRows } from "../insert_rows.ts";
import { typeName } from "./type_name.ts";

/** Returns the statements of `operation` in PostgreSQL's language, in the order to run them. */
export function compile(operation: Operation): readonly CompiledStatement[] {
  return handle<readonly CompiledStatement[]>(operation, {
    createTable,
    dropTable: ({ name, ifExists }) => [
      sql(`DROP TABLE ${ifExists ? "IF EXISTS " : ""}${quoteName(name)}`),
    ],
    renameTable: ({ name, to }) => [alter(name, `RENAME TO ${quoteIdentifier(to)}`)],
    addColumn: ({ table, column, constraints }) => [
      alter(table, `ADD COLUMN ${columnClause(column, { columns: [column], constraints })}`),
      ...constraints.map((it) => alter(table, `ADD ${tableConstraint(it)}`)),
      ...columnComments(table, [column]),
    ],
    dropColumn: ({ table, column }) => [alter(table, `DROP COLUMN ${quoteIdentifier(column)}`)],
    renameColumn: ({ table, column, to }) => [
      alter(table, `RENAME COLUMN ${quoteIdentifier(column)} TO ${quoteIdentifier(to)}`),
    ],
    alterColumn,
    createIndex: (it) => [createIndex(it)],
    dropIndex: ({ table, index, concurrently, ifExists }) => {
      const words = `${concurrently ? "CONCURRENTLY " : ""}${ifExists ? "IF EXISTS " : ""}`;
      return [sql(`DROP INDEX ${words}${besides(table, index)}`, { alone: concurrently })];
    },
    bulkInsert: ({ table, rows }) => insertRows(table, rows, "postgres"),
    execute: ({ statement }) => [statement],
    run: () => {
      throw new TypeError("A body is run, not compiled");
    },
  });
}

function createTable(
  { table, ifNotExists }: OperationOf<"createTable">,
): readonly CompiledStatement[] {
  const lines = [
    ...table.columns.map((it) => columnClause(it, table)),
    ...table.constraints.map(tableConstraint),
  ];
  const comment = table.comment === undefined ? [] : [
    sql(`COMMENT ON TABLE ${quoteName(table)} IS ${quoteLiteral(table.comment, "postgres")}`),
  ];
  return [
    sql(createTableText(table, lines, { ifNotExists })),
    ...table.indexes.map((index) =>
      createIndex({ table, index, ...(ifNotExists && { ifNotExists }) })
    ),
    ...comment,
    ...columnComments(table, table.columns),
  ];
}

/** @param owner What decides whether the column counts itself up, as SQLAlchemy's keys do. */
function columnClause(column: Column, owner: Pick<Table, "columns" | "constraints">): string {
  const { name, type, nullable, default: value } = column;
  const identity = column.identity ?? (countingKey(owner) === column ? "byDefault" : undefined);
  return [
    quoteIdentifier(name),
    typeName(type),
    value && `DEFAULT ${value.sql}`,
    generatedClause(column),
    identity && `GENERATED ${identity === "always" ? "ALWAYS" : "BY DEFAULT"} AS IDENTITY`,
    !nullable && "NOT NULL",
  ].filter(Boolean).join(" ");
}

function columnComments(
  table: QualifiedName,
  columns: readonly Column[],
): readonly CompiledStatement[] {
  return columns.flatMap(({ name, comment }) =>
    comment === undefined ? [] : [commentOn(table, name, comment)]
  );
}

function commentOn(
  table: QualifiedName,
  column: string,
  comment: string | null,
): CompiledStatement {
  const text = quoteLiteral(comment, "postgres");
  return sql(`COMMENT ON COLUMN ${quoteName(table)}.${quoteIdentifier(column)} IS ${text}`);
}

function alterColumn(
  { table, column, change, using }: OperationOf<"alterColumn">,
): readonly CompiledStatement[] {
  const { type, nullable, default: value, comment } = change;
  const changes = [
    // First: an old default may have no way into the new type.
    value !== undefined && (value === null || type) && "DROP DEFAULT",
    type && `TYPE ${typeName(type)}${using ? ` USING ${using.sql}` : ""}`,
    nullable !== undefined && `${nullable ? "DROP" : "SET"} NOT NULL`,
    value && `SET DEFAULT ${value.sql}`,
  ].filter((it) => typeof it === "string");
  return [
    ...changes.map((it) => alter(table, `ALTER COLUMN ${quoteIdentifier(column)} ${it}`)),
    ...comment === undefined ? [] : [commentOn(table, column, comment)],
  ];
}

function createIndex(
  { table, index, concurrently, ifNotExists }: Omit<OperationOf<"createIndex">, "kind">,
): CompiledStatement {
  const words = [
    "CREATE",
    index.unique && "UNIQUE",
    "INDEX",
    concurrently && "CONCURRENTLY",
    ifNotExists && "IF NOT EXISTS",
    quoteIdentifier(index.name),
    "ON",
    quoteName(table),
    index.using && `USING ${quoteIdentifier(index.using)}`,
  ].filter(Boolean).join(" ");
  return sql(`${words} (${indexColumns(index)})${whereClause(index.where)}`, {
    alone: concurrently,
  });
}

function alter(table: QualifiedName, change: string): CompiledStatement {
  return sql(`ALTER TABLE ${quoteName(table)} ${change}`);
}

function sql(
  text: string,
  { alone = false }: { readonly alone?: boolean | undefined } = {},
): CompiledStatement {
  return alone ? { sql: text, transactional: false } : { sql: text };
}

import { handle } from "../../operations/handle.ts";
import type { Operation, OperationOf } from "../../operations/operation.ts";
import type { Column, Index, QualifiedName, Table } from "../../schema/schema.ts";
import { quoteIdentifier, quoteLiteral, quoteName } from "../../sql/quote.ts";
import { constraintClause, indexColumns, inSchemaOf, whereClause } from "../clauses.ts";
import type { CompiledStatement } from "../dialect.ts";
import { insertRows } from "../insert_rows.ts";
import { typeName } from "../type_name.ts";

/** Returns the statements of `operation` in PostgreSQL's language, in the order to run them. */
export function compile(operation: Operation): readonly CompiledStatement[] {
  return handle<readonly CompiledStatement[]>(operation, {
    createTable,
    dropTable: (
      { name, ifExists },
    ) => [sql(`DROP TABLE ${ifExists ? "IF EXISTS " : ""}${quoteName(name)}`)],
    renameTable: (
      { name, to },
    ) => [sql(`ALTER TABLE ${quoteName(name)} RENAME TO ${quoteIdentifier(to)}`)],
    addColumn: ({ table, column, constraints }) => [
      sql(
        `ALTER TABLE ${quoteName(table)} ADD COLUMN ${
          columnClause(column, isKey(constraints, column))
        }`,
      ),
      ...constraints.map((it) =>
        sql(`ALTER TABLE ${quoteName(table)} ADD ${constraintClause(it)}`)
      ),
      ...columnComments(table, [column]),
    ],
    dropColumn: (
      { table, column },
    ) => [sql(`ALTER TABLE ${quoteName(table)} DROP COLUMN ${quoteIdentifier(column)}`)],
    renameColumn: ({ table, column, to }) => [
      sql(
        `ALTER TABLE ${quoteName(table)} RENAME COLUMN ${quoteIdentifier(column)} TO ${
          quoteIdentifier(to)
        }`,
      ),
    ],
    alterColumn,
    createIndex: ({ table, index, concurrently, ifNotExists }) => [
      createIndex(table, index, {
        concurrently: concurrently ?? false,
        ifNotExists: ifNotExists ?? false,
      }),
    ],
    dropIndex: ({ table, index, concurrently, ifExists }) => {
      const words = `${concurrently ? "CONCURRENTLY " : ""}${ifExists ? "IF EXISTS " : ""}`;
      return [sql(`DROP INDEX ${words}${inSchemaOf(table, index)}`, concurrently)];
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
    ...table.columns.map((it) => columnClause(it, isKey(table.constraints, it))),
    ...table.constraints.map(constraintClause),
  ];
  const comment = table.comment === undefined
    ? []
    : [sql(`COMMENT ON TABLE ${quoteName(table)} IS ${quoteLiteral(table.comment, "postgres")}`)];
  return [
    sql(
      `CREATE TABLE ${ifNotExists ? "IF NOT EXISTS " : ""}${quoteName(table)} (\n    ${
        lines.join(",\n    ")
      }\n)`,
    ),
    ...table.indexes.map((it) =>
      createIndex(table, it, { concurrently: false, ifNotExists: ifNotExists ?? false })
    ),
    ...comment,
    ...columnComments(table, table.columns),
  ];
}

/** An integer that is the primary key alone counts itself up, as SQLAlchemy's do. */
function isKey(
  constraints: Table["constraints"],
  { name, type, default: value, generated }: Column,
): boolean {
  if (type.kind !== "integer" || value !== undefined || generated !== undefined) return false;
  return constraints.some((it) =>
    it.kind === "primaryKey" && it.columns.length === 1 && it.columns[0] === name
  );
}

function columnClause(column: Column, isKey: boolean): string {
  const { name, type, nullable, default: value, generated } = column;
  const identity = column.identity ?? (isKey ? "byDefault" : undefined);
  return [
    quoteIdentifier(name),
    typeName(type, "postgres"),
    value && `DEFAULT ${value.sql}`,
    generated &&
    `GENERATED ALWAYS AS (${generated.expression.sql}) ${generated.stored ? "STORED" : "VIRTUAL"}`,
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
  const text = comment === null ? "NULL" : quoteLiteral(comment, "postgres");
  return sql(`COMMENT ON COLUMN ${quoteName(table)}.${quoteIdentifier(column)} IS ${text}`);
}

function alterColumn(
  { table, column, change, using }: OperationOf<"alterColumn">,
): readonly CompiledStatement[] {
  const { type, nullable, default: value, comment } = change;
  const alter = `ALTER TABLE ${quoteName(table)} ALTER COLUMN ${quoteIdentifier(column)}`;
  return [
    ...type
      ? [sql(`${alter} TYPE ${typeName(type, "postgres")}${using ? ` USING ${using.sql}` : ""}`)]
      : [],
    ...nullable === undefined ? [] : [sql(`${alter} ${nullable ? "DROP" : "SET"} NOT NULL`)],
    ...value === undefined
      ? []
      : [sql(value === null ? `${alter} DROP DEFAULT` : `${alter} SET DEFAULT ${value.sql}`)],
    ...comment === undefined ? [] : [commentOn(table, column, comment)],
  ];
}

function createIndex(
  table: QualifiedName,
  index: Index,
  { concurrently, ifNotExists }: { readonly concurrently: boolean; readonly ifNotExists: boolean },
): CompiledStatement {
  const words = [
    index.unique && "UNIQUE",
    "INDEX",
    concurrently && "CONCURRENTLY",
    ifNotExists && "IF NOT EXISTS",
    quoteIdentifier(index.name),
    "ON",
    quoteName(table),
    index.using && `USING ${quoteIdentifier(index.using)}`,
  ].filter(Boolean).join(" ");
  return sql(
    `CREATE ${words} (${indexColumns(index)})${whereClause(index.where)}`,
    concurrently || undefined,
  );
}

function sql(text: string, alone?: boolean): CompiledStatement {
  return alone ? { sql: text, transactional: false } : { sql: text };
}

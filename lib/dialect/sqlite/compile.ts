import { ToolError } from "../../error.ts";
import { handle } from "../../operations/handle.ts";
import type { Operation, OperationOf } from "../../operations/operation.ts";
import { showName } from "../../schema/qualified_name.ts";
import type { Column, Constraint, Index, QualifiedName, Table } from "../../schema/schema.ts";
import { quoteIdentifier, quoteName } from "../../sql/quote.ts";
import {
  constraintClause,
  indexColumns,
  inSchemaOf,
  referencesClause,
  whereClause,
} from "../clauses.ts";
import type { CompiledStatement } from "../dialect.ts";
import { insertRows } from "../insert_rows.ts";
import { typeName } from "../type_name.ts";

/**
 * Returns the statements of `operation` in SQLite's language, in the order to run them.
 *
 * @throws {ToolError} `operation/unsupported` for what SQLite cannot do to a table that exists.
 */
export function compile(operation: Operation): readonly CompiledStatement[] {
  return handle<readonly CompiledStatement[]>(operation, {
    createTable,
    dropTable: (
      { name, ifExists },
    ) => [{ sql: `DROP TABLE ${ifExists ? "IF EXISTS " : ""}${quoteName(name)}` }],
    renameTable: (
      { name, to },
    ) => [{ sql: `ALTER TABLE ${quoteName(name)} RENAME TO ${quoteIdentifier(to)}` }],
    addColumn,
    dropColumn: ({ table, column }) => [
      { sql: `ALTER TABLE ${quoteName(table)} DROP COLUMN ${quoteIdentifier(column)}` },
    ],
    renameColumn: ({ table, column, to }) => [
      {
        sql: `ALTER TABLE ${quoteName(table)} RENAME COLUMN ${quoteIdentifier(column)} TO ${
          quoteIdentifier(to)
        }`,
      },
    ],
    alterColumn: ({ table, column }) => {
      throw unsupported(
        `Cannot alter the column "${column}" of "${
          showName(table)
        }" on SQLite: it has no ALTER COLUMN`,
        "Make a new table, copy the rows, drop the old one and rename the new one; or branch on op.dialect",
      );
    },
    createIndex: (
      { table, index, ifNotExists },
    ) => [createIndex(table, index, ifNotExists ?? false)],
    dropIndex: ({ table, index, ifExists }) => [
      { sql: `DROP INDEX ${ifExists ? "IF EXISTS " : ""}${inSchemaOf(table, index)}` },
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
  const key = rowidKey(table);
  const lines = [
    ...table.columns.map((it) => it === key?.column ? keyClause(it) : columnClause(it)),
    ...table.constraints.filter((it) => it !== key?.constraint).map(constraintClause),
  ];
  return [
    {
      sql: `CREATE TABLE ${ifNotExists ? "IF NOT EXISTS " : ""}${quoteName(table)} (\n    ${
        lines.join(",\n    ")
      }\n)`,
    },
    ...table.indexes.map((it) => createIndex(table, it, ifNotExists ?? false)),
  ];
}

/** An integer that is the primary key alone is an alias of the rowid: https://www.sqlite.org/lang_createtable.html#rowid */
function rowidKey(
  table: Table,
): { readonly column: Column; readonly constraint: Constraint } | undefined {
  const constraint = table.constraints.find((it) => it.kind === "primaryKey");
  if (
    constraint?.kind !== "primaryKey" || constraint.columns.length !== 1 ||
    constraint.name !== undefined
  ) return undefined;
  const column = table.columns.find((it) => it.name === constraint.columns[0]);
  return column?.type.kind === "integer" ? { column, constraint } : undefined;
}

/** Only the very word INTEGER makes a column an alias of the rowid. */
function keyClause({ name }: Column): string {
  return `${quoteIdentifier(name)} INTEGER NOT NULL PRIMARY KEY`;
}

function columnClause({ name, type, nullable, default: value, generated }: Column): string {
  return [
    quoteIdentifier(name),
    typeName(type, "sqlite"),
    value && `DEFAULT ${defaultText(value.sql)}`,
    generated &&
    `GENERATED ALWAYS AS (${generated.expression.sql}) ${generated.stored ? "STORED" : "VIRTUAL"}`,
    !nullable && "NOT NULL",
  ].filter(Boolean).join(" ");
}

const literal =
  /^(?:[+-]?\s*[\d.]+(?:e[+-]?\d+)?|'(?:[^']|'')*'|x'[\da-f]*'|null|true|false|current_(?:time|date|timestamp)|\(.*\))$/is;

/** What is no literal stands in parentheses: https://www.sqlite.org/lang_createtable.html#dfltval */
function defaultText(sql: string): string {
  return literal.test(sql) ? sql : `(${sql})`;
}

/** https://www.sqlite.org/lang_altertable.html#altertabaddcol lists what an added column must not be. */
function addColumn(
  { table, column, constraints }: OperationOf<"addColumn">,
): readonly CompiledStatement[] {
  const { name, nullable, default: value, generated } = column;
  const where = `"${name}" to "${showName(table)}" on SQLite`;
  const other = "Create the table with it, or make a new table, copy the rows and rename it";
  if (constraints.some((it) => it.kind === "primaryKey")) {
    throw unsupported(`Cannot add the primary key column ${where}`, other);
  }
  if (constraints.some((it) => it.kind === "unique")) {
    throw unsupported(
      `Cannot add the unique column ${where}`,
      "Add the column, then a unique index with createIndex",
    );
  }
  if (!nullable && !generated && (value === undefined || /^null$/i.test(value.sql))) {
    throw unsupported(
      `Cannot add the column ${where}: it is not null and has no default`,
      "Give it a serverDefault, or let it be nullable",
    );
  }
  if (value && (!literal.test(value.sql) || /^\(|^current_/i.test(value.sql))) {
    throw unsupported(
      `Cannot add the column ${where}: its default is no constant`,
      "Add it without a default, and fill it with execute",
    );
  }
  if (generated?.stored) {
    throw unsupported(
      `Cannot add the stored generated column ${where}`,
      "Let it be virtual: { stored: false }",
    );
  }
  const inline = constraints.map((it) =>
    it.kind === "foreignKey" ? inlineReference(it) : constraintClause(it)
  );
  return [{
    sql: [`ALTER TABLE ${quoteName(table)} ADD COLUMN ${columnClause(column)}`, ...inline].join(
      " ",
    ),
  }];
}

function inlineReference(constraint: Extract<Constraint, { kind: "foreignKey" }>): string {
  const name = constraint.name === undefined
    ? ""
    : `CONSTRAINT ${quoteIdentifier(constraint.name)} `;
  return name + referencesClause(constraint);
}

function createIndex(table: QualifiedName, index: Index, ifNotExists: boolean): CompiledStatement {
  const words = `${index.unique ? "UNIQUE " : ""}INDEX ${ifNotExists ? "IF NOT EXISTS " : ""}${
    inSchemaOf(table, index.name)
  }`;
  return {
    sql: `CREATE ${words} ON ${quoteIdentifier(table.name)} (${indexColumns(index)})${
      whereClause(index.where)
    }`,
  };
}

function unsupported(message: string, hint: string): ToolError {
  return new ToolError("operation/unsupported", message, { hint });
}

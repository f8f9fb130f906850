import type { OperationOf } from "../../operations/operation.ts";
import { countingKey } from "../../schema/counting_key.ts";
import { showName } from "../../schema/qualified_name.ts";
import type { Column, Table } from "../../schema/schema.ts";
import { quoteIdentifier, quoteName } from "../../sql/quote.ts";
import { columnConstraint, tableConstraint } from "../clauses.ts";
import type { CompiledStatement } from "../dialect.ts";
import { columnClause } from "./column_clause.ts";
import { createIndex } from "./create_index.ts";
import { ownConstraint } from "./own_constraint.ts";
import { unsupported } from "./unsupported.ts";

/** @throws {ToolError} `operation/unsupported` for what SQLite would not keep. */
export function createTable(
  { table, ifNotExists }: OperationOf<"createTable">,
): readonly CompiledStatement[] {
  checkOptions(table);
  const { strict = false, withoutRowid = false } = table.options ?? {};
  const key = rowidKey(table);
  const lines = [
    ...table.columns.map((it) =>
      it === key ? rowidClause(it, table) : columnClause(it, { strict })
    ),
    ...table.constraints.filter((it) => it.kind !== "primaryKey" || key === undefined)
      .map((it) => tableConstraint(ownConstraint(it, table))),
  ];
  const options = [withoutRowid && "WITHOUT ROWID", strict && "STRICT"].filter(Boolean);
  const text = [
    "CREATE TABLE",
    ifNotExists && "IF NOT EXISTS",
    quoteName(table),
    `(\n    ${lines.join(",\n    ")}\n)`,
    options.join(", "),
  ].filter(Boolean).join(" ");
  return [
    { sql: text },
    ...table.indexes.map((index) =>
      createIndex({ table, index, ...(ifNotExists && { ifNotExists }) })
    ),
  ];
}

/** Returns the column of `table` that is an alias of the rowid. */
export function rowidKey(table: Table): Column | undefined {
  return table.options?.withoutRowid ? undefined : countingKey(table);
}

/**
 * Only the exact word INTEGER makes a column an alias of the rowid, which numbers itself:
 * https://www.sqlite.org/lang_createtable.html#rowid
 */
function rowidClause({ name }: Column, { constraints, options }: Table): string {
  const key = constraints.filter((it) => it.kind === "primaryKey").map(columnConstraint);
  const counts = options?.autoincrement ? ["AUTOINCREMENT"] : [];
  return [quoteIdentifier(name), "INTEGER NOT NULL", ...key, ...counts].join(" ");
}

function checkOptions(table: Table): void {
  const { autoincrement, partitionBy, partitionOf, inherits } = table.options ?? {};
  const refuse = (because: string, instead: string) =>
    unsupported(`create the table "${showName(table)}"`, because, instead);
  if (partitionBy || partitionOf) {
    throw refuse("it has no partitions", "Create one table for all rows");
  }
  if (inherits) throw refuse("no table inherits from another", "Repeat the columns");
  if (table.rowSecurity) {
    throw refuse("it has no row-level security", "Leave it out, and restrict access to the file");
  }
  if (autoincrement && !rowidKey(table)) {
    throw refuse(
      "only an integer primary key can be autoincrement",
      "Leave the option out, or make the key one integer column",
    );
  }
}

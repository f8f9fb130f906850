import type { QualifiedName } from "../schema/schema.ts";
import { quoteIdentifier, quoteLiteral, quoteName } from "../sql/quote.ts";
import type { Row, Statement, Value } from "../sql/statement.ts";
import { ToolError } from "../error.ts";
import type { DialectName } from "./dialect.ts";

/** Rows in one INSERT: enough to be fast, little enough to be sent and read. */
const mostRows = 500;

/** Returns INSERTs of literal values. A column that a row does not name is null in it. */
export function insertRows(
  table: QualifiedName,
  rows: readonly Row[],
  dialect: DialectName,
): readonly Statement[] {
  const columns = [...new Set(rows.flatMap((it) => Object.keys(it)))];
  if (columns.length === 0) return [];
  const head = `INSERT INTO ${quoteName(table)} (${
    columns.map(quoteIdentifier).join(", ")
  }) VALUES`;
  const tuple = (row: Row) =>
    `(${columns.map((it) => quoteLiteral(value(row[it] ?? null, it), dialect)).join(", ")})`;
  return Array.from({ length: Math.ceil(rows.length / mostRows) }, (_, n) => ({
    sql: `${head}\n${rows.slice(n * mostRows, (n + 1) * mostRows).map(tuple).join(",\n")}`,
  }));
}

/** Dates travel as ISO text, other objects as JSON: what both databases read. */
function value(of: unknown, column: string): Value {
  switch (typeof of) {
    case "string":
    case "number":
    case "bigint":
    case "boolean":
      return of;
    case "object":
      if (of === null || of instanceof Uint8Array) return of;
      return of instanceof Date ? of.toISOString() : JSON.stringify(of);
    default:
      throw new ToolError(
        "operation/invalid",
        `Cannot insert a ${typeof of} into the column "${column}"`,
      );
  }
}

import { ToolError } from "../error.ts";
import type { QualifiedName } from "../schema/schema.ts";
import { quoteIdentifier, quoteLiteral, quoteName } from "../sql/quote.ts";
import type { Row, Statement, Value } from "../sql/statement.ts";
import type { DialectName } from "./dialect.ts";

/** Rows in one INSERT: enough to be fast, little enough to be sent and read. */
const mostRows = 500;

/**
 * Returns INSERTs of literal values, in the order of `rows`. A column that a row does not name gets its
 * default, so that only rows which name the same columns, and follow each other, share a statement.
 */
export function insertRows(
  table: QualifiedName,
  rows: readonly Row[],
  dialect: DialectName,
): readonly Statement[] {
  return groups(rows).map(({ columns, rows }) => {
    const head = `INSERT INTO ${quoteName(table)}`;
    if (columns.length === 0) return { sql: `${head} DEFAULT VALUES` };
    const tuples = rows.map((row) =>
      `(${columns.map((it) => quoteLiteral(value(row[it], it), dialect)).join(", ")})`
    );
    const names = columns.map(quoteIdentifier).join(", ");
    return { sql: `${head} (${names}) VALUES\n${tuples.join(",\n")}` };
  });
}

interface Group {
  readonly columns: readonly string[];
  readonly rows: Row[];
}

function groups(rows: readonly Row[]): readonly Group[] {
  const found: Group[] = [];
  for (const row of rows) {
    const columns = Object.keys(row).filter((it) => row[it] !== undefined);
    const last = found.at(-1);
    const fits = last && last.rows.length < mostRows && columns.length > 0 &&
      columns.length === last.columns.length && last.columns.every((it) => columns.includes(it));
    if (fits) last.rows.push(row);
    else found.push({ columns, rows: [row] });
  }
  return found;
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

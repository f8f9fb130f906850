import { find } from "../../../schema/lookup.ts";
import type { QualifiedName, Schema } from "../../../schema/schema.ts";
import { quoteName } from "../../../sql/quote.ts";
import type { Queryable, Row } from "../../../sql/statement.ts";

/**
 * Says whether `rows` hold lists, which can be written only once it is known which columns are
 * arrays, and which JSON.
 */
export function holdLists(rows: readonly Row[]): boolean {
  return rows.some((row) => Object.values(row).some(Array.isArray));
}

/** Returns the columns of `table` that are arrays, according to the database. */
export async function readArrayColumns(
  table: QualifiedName,
  connection: Queryable,
): Promise<ReadonlySet<string>> {
  const rows = await connection.query({
    sql: `SELECT a.attname AS name FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
  WHERE a.attrelid = to_regclass($1) AND a.attnum > 0 AND NOT a.attisdropped AND t.typcategory = 'A'`,
    parameters: [quoteName(table)],
  });
  return new Set(rows.map((it) => String(it["name"])));
}

/** Returns the columns of `table` that are arrays, according to `schema`. */
export function arrayColumnsIn(
  schema: Schema | undefined,
  table: QualifiedName,
): ReadonlySet<string> {
  const columns = schema === undefined ? [] : find(schema, table)?.columns ?? [];
  return new Set(
    columns.flatMap(({ name, type }) =>
      type.kind === "array" || type.kind === "native" && type.sql.trim().endsWith("]") ? [name] : []
    ),
  );
}

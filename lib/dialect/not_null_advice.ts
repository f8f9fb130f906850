import { showName } from "../schema/qualified_name.ts";
import type { QualifiedName } from "../schema/schema.ts";
import { quoteIdentifier, quoteName } from "../sql/quote.ts";
import type { Queryable } from "../sql/statement.ts";

/** Counting stops here: the table may be large. */
const most = 1000;

/**
 * Returns advice for a column that is to become NOT NULL although rows have nulls in it.
 *
 * @param isThere Whether the table already had the column.
 */
export async function notNullAdvice(
  table: QualifiedName,
  column: string,
  { isThere, connection }: { readonly isThere: boolean; readonly connection: Queryable },
): Promise<string> {
  const [target, name] = [quoteName(table), quoteIdentifier(column)];
  if (!isThere) {
    return `"${
      showName(table)
    }" has rows: give "${column}" a serverDefault, or add it nullable, fill it, and alter it`;
  }
  const [{ rows = 0 } = {}] = await connection.query({
    sql: `SELECT count(*) AS rows FROM (SELECT 1 FROM ${target} WHERE ${name} IS NULL LIMIT ${
      most + 1
    }) nulls`,
  });
  const count = Number(rows);
  const which = count === 0
    ? "Rows have"
    : count > most
    ? `More than ${most} rows have`
    : count === 1
    ? "1 row has"
    : `${count} rows have`;
  return `${which} NULL there: fill the column first, with UPDATE ${target} SET ${name} = … WHERE ${name} IS NULL`;
}

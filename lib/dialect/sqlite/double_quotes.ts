import { quoteLiteral } from "../../sql/quote.ts";
import type { Queryable } from "../../sql/statement.ts";

/**
 * Returns advice if `name`, which is no column, stands in double quotes in `sql`: many programs let SQLite
 * take that for a string, but this library does not.
 */
export function stringAdvice(name: string, sql: string): string | undefined {
  return sql.includes(inDoubleQuotes(name))
    ? `If it is a string, write it in single quotes: ${quoteLiteral(name, "sqlite")}`
    : undefined;
}

function inDoubleQuotes(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

/**
 * Tells how to mend the definition of `holder`, in which SQLite finds no column `string`, if it has that in
 * double quotes: until then, SQLite renames nothing.
 */
export async function mendDefinition(
  holder: string,
  string: string,
  connection: Queryable,
): Promise<string | undefined> {
  const [found] = await connection.query({
    sql: "SELECT name FROM sqlite_schema WHERE name = $1 AND instr(sql, $2)",
    parameters: [holder, inDoubleQuotes(string)],
  });
  return found && mend(holder, string);
}

/**
 * Tells how to mend the trigger that has `string` in double quotes and fails when it fires. A column of
 * that name anywhere means that the name is wrong rather than the quotes.
 */
export async function mendTrigger(
  string: string,
  connection: Queryable,
): Promise<string | undefined> {
  const [found] = await connection.query({
    sql: `SELECT name FROM sqlite_schema WHERE type = 'trigger' AND instr(sql, $1) AND NOT EXISTS (
      SELECT 1 FROM sqlite_schema m JOIN pragma_table_xinfo(m.name) x
      WHERE m.type = 'table' AND lower(x.name) = lower($2))`,
    parameters: [inDoubleQuotes(string), string],
  });
  return found && mend(String(found["name"]), string);
}

function mend(holder: string, string: string): string {
  const literal = (text: string) => quoteLiteral(text, "sqlite");
  const mended = `replace(sql, ${literal(inDoubleQuotes(string))}, ${literal(literal(string))})`;
  return [
    `If ${inDoubleQuotes(string)} in ${holder} is a string, write it in single quotes:`,
    "in a revision before, run PRAGMA writable_schema = ON;",
    `UPDATE sqlite_schema SET sql = ${mended} WHERE name = ${literal(holder)};`,
    "PRAGMA writable_schema = RESET;",
  ].join(" ");
}

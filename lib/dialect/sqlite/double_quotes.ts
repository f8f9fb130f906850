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
 * Tells how to mend the definition that has `string` in double quotes: that of `holder`, if it is known.
 * With a table or an index of that kind, SQLite renames nothing; a trigger fails when it fires.
 */
export async function mendString(
  string: string,
  connection: Queryable,
  holder?: string,
): Promise<string | undefined> {
  const [found] = await connection.query({
    sql: "SELECT name FROM sqlite_schema WHERE name = ifnull($1, name) AND instr(sql, $2)",
    parameters: [holder ?? null, inDoubleQuotes(string)],
  });
  if (found === undefined) return undefined;
  const name = String(found["name"]);
  const literal = (text: string) => quoteLiteral(text, "sqlite");
  const mended = `replace(sql, ${literal(inDoubleQuotes(string))}, ${literal(literal(string))})`;
  return [
    `${inDoubleQuotes(string)} in ${name} is a string, which needs single quotes:`,
    "in a revision before, run PRAGMA writable_schema = ON;",
    `UPDATE sqlite_schema SET sql = ${mended} WHERE name = ${literal(name)};`,
    "PRAGMA writable_schema = RESET;",
  ].join(" ");
}

import { quoteLiteral } from "./quote.ts";
import type { Statement } from "./statement.ts";

/** What may hold a `$1` that is none: strings, names, comments, dollar quotes; and at last, a `$1`. */
const pattern =
  /[eE]'(?:[^'\\]|\\[^]|'')*'|'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[^]*?\*\/|(\$(?:[\p{L}_][\p{L}\p{N}_]*)?\$)[^]*?\1|\$(\d+)/gu;

/** Returns the text of `statement` with its values as literals, for scripts that cannot carry parameters. */
export function inlineParameters(statement: Statement, dialect: "postgres" | "sqlite"): string {
  const { sql, parameters } = statement;
  if (parameters === undefined) return sql;
  return sql.replace(pattern, (whole, _dollar: string | undefined, number?: string) => {
    const value = number === undefined ? undefined : parameters[Number(number) - 1];
    return value === undefined ? whole : quoteLiteral(value, dialect);
  });
}

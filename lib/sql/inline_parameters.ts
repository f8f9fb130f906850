import { quoteLiteral } from "./quote.ts";
import type { Statement } from "./statement.ts";

/** What may hold a `$1` that is none: strings, however long, names, words, comments, dollar quotes; and at last, a `$1`. */
const pattern =
  /[eE](?:'[^'\\]*(?:\\[^][^'\\]*)*')+|(?:'[^']*')+|(?:"[^"]*")+|[\p{L}_][\p{L}\p{N}_$]*|--[^\n]*|\/\*[^]*?\*\/|(\$(?:[\p{L}_][\p{L}\p{N}_]*)?\$)[^]*?\1|\$(\d+)/gu;

/** Returns the text of `statement` with its values as literals, for scripts that cannot carry parameters. */
export function inlineParameters(statement: Statement, dialect: "postgres" | "sqlite"): string {
  const { sql, parameters } = statement;
  if (parameters === undefined) return sql;
  return sql.replace(pattern, (whole, _dollar: string | undefined, number?: string) => {
    const value = number === undefined ? undefined : parameters[Number(number) - 1];
    return value === undefined ? whole : operand(quoteLiteral(value, dialect));
  });
}

/** A minus before a minus would begin a comment, and a cast behind one would come before it. */
function operand(literal: string): string {
  return literal.startsWith("-") ? `(${literal})` : literal;
}

import { anyOf, wholes } from "./lexemes.ts";
import { quoteLiteral } from "./quote.ts";
import type { Statement } from "./statement.ts";

/** What may hold a `$1` that is none; and at last, a `$1`. */
const pattern = anyOf(...wholes, String.raw`\$(\d+)`);

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

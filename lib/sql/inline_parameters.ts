import { anyOf, wholes } from "./lexemes.ts";
import { quoteLiteral } from "./quote.ts";
import type { Statement } from "./statement.ts";

/** Tokens in which a `$1` is not a parameter, and last, a parameter. */
const pattern = anyOf(...wholes, String.raw`\$(\d+)`);

/**
 * Returns the text of `statement` with its values as literals, for scripts, which cannot carry
 * parameters.
 */
export function inlineParameters(statement: Statement, dialect: "postgres" | "sqlite"): string {
  const { sql, parameters } = statement;
  if (parameters === undefined) return sql;
  return sql.replace(pattern, (whole, _dollar: string | undefined, number?: string) => {
    const value = number === undefined ? undefined : parameters[Number(number) - 1];
    return value === undefined ? whole : operand(quoteLiteral(value, dialect));
  });
}

/**
 * After another minus, a leading minus would begin a comment; and a cast after the literal would bind
 * tighter than the minus.
 */
function operand(literal: string): string {
  return literal.startsWith("-") ? `(${literal})` : literal;
}

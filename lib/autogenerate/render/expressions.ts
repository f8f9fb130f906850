import { defaultExpression, type DefaultValue } from "../../schema/expressions.ts";
import type { Sql } from "../../sql/statement.ts";
import { type Code, word } from "./code.ts";
import { literal, text } from "./literal.ts";

/** Returns an expression as code, where a string would be taken for a name. */
export function rawCode({ sql }: Sql): Code {
  return word("raw", text(sql));
}

/** Returns an expression as code, where a string is taken for an expression, too. */
export function expressionCode({ sql }: Sql): Code {
  return text(sql);
}

/** Returns as code what an index or an operator is on: a column, or an expression. */
export function onCode(on: string | Sql): Code {
  return typeof on === "string" ? text(on) : rawCode(on);
}

/** Returns a default as a plain value, where a person would write it as one. */
export function defaultCode(expression: Sql): Code {
  const { sql } = expression;
  if (sql === "CURRENT_TIMESTAMP") return word("now");
  const value = valueOf(sql);
  const isSame = value !== undefined && defaultExpression(value).sql === sql;
  return isSame ? literal(value) : rawCode(expression);
}

function valueOf(sql: string): DefaultValue | undefined {
  if (sql === "TRUE" || sql === "FALSE") return sql === "TRUE";
  if (/^'(?:[^']|'')*'$/.test(sql)) return sql.slice(1, -1).replaceAll("''", "'");
  if (/^-?\d+$/.test(sql) && !Number.isSafeInteger(Number(sql))) return BigInt(sql);
  return /^-?\d+(?:\.\d+)?$/.test(sql) ? Number(sql) : undefined;
}

import { ToolError } from "../error.ts";
import { quoteLiteral } from "../sql/quote.ts";
import type { Sql } from "../sql/statement.ts";

/** An SQL expression, as the database reads it: `raw("gen_random_uuid()")`. */
export function raw(sql: string): Sql {
  return { sql };
}

/** The time at which the transaction began (PostgreSQL) or the statement (SQLite). */
export function now(): Sql {
  return { sql: "CURRENT_TIMESTAMP" };
}

/** What a default may be written as: a value, or an expression. */
export type DefaultValue = string | number | bigint | boolean | Sql;

/**
 * Returns `value` as an expression that both databases read.
 *
 * @throws {ToolError} `operation/invalid` if it is none, as JavaScript may have it.
 */
export function defaultExpression(value: DefaultValue): Sql {
  switch (typeof value) {
    case "object":
      if (typeof value.sql === "string") return value;
      throw notDefault("an object of another kind");
    case "function":
      throw notDefault("a function");
    case "string":
      return { sql: quoteLiteral(value, "sqlite") };
    case "boolean":
      return { sql: value ? "TRUE" : "FALSE" };
    default:
      return { sql: String(value) };
  }
}

function notDefault(what: string): ToolError {
  return new ToolError("operation/invalid", `Cannot read a serverDefault: it is ${what}`, {
    hint: 'Give a text, a number or a boolean, or call an expression: now(), raw("…")',
  });
}

/** Returns `text` as an expression. */
export function expression(text: string | Sql): Sql {
  return typeof text === "string" ? { sql: text } : text;
}

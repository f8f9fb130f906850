import { ToolError } from "../error.ts";
import { quoteLiteral } from "../sql/quote.ts";
import type { Sql } from "../sql/statement.ts";

/**
 * An SQL expression, passed to the database unchanged: `raw("gen_random_uuid()")`. If a comment may be at its end,
 * a newline follows: the comment would swallow what comes behind the expression.
 */
export function raw(sql: string): Sql {
  return { sql: /--[^\n]*$/.test(sql) ? `${sql}\n` : sql };
}

/** The time at which the transaction (PostgreSQL) or the statement (SQLite) began. */
export function now(): Sql {
  return { sql: "CURRENT_TIMESTAMP" };
}

/** A default: a value, or an expression. */
export type DefaultValue = string | number | bigint | boolean | Sql;

/**
 * Returns `value` as an expression for both databases.
 *
 * @throws {ToolError} `operation/invalid` if it is not a default, which JavaScript permits.
 */
export function defaultExpression(value: DefaultValue): Sql {
  switch (typeof value) {
    case "object":
      if (isSql(value)) return raw(value.sql);
      throw notDefault("an object that is not an expression");
    case "function":
    case "symbol":
      throw notDefault(`a ${typeof value}`);
    case "string":
      return { sql: quoteLiteral(value, "sqlite") };
    case "boolean":
      return { sql: value ? "TRUE" : "FALSE" };
    case "number":
      if (!Number.isFinite(value)) throw notDefault(`${value}`);
      return { sql: String(value) };
    default:
      return { sql: String(value) };
  }
}

function notDefault(what: string): ToolError {
  return new ToolError("operation/invalid", `Cannot read a serverDefault: it is ${what}`, {
    hint: 'Give a string, a number or a boolean, or call an expression: now(), raw("…")',
  });
}

/**
 * Returns `text` as an expression.
 *
 * @throws {ToolError} `operation/invalid` if it is not an expression, which JavaScript permits.
 */
export function expression(text: string | Sql): Sql {
  if (typeof text === "string") return raw(text);
  if (isSql(text)) return raw(text.sql);
  throw new ToolError("operation/invalid", "Cannot read an expression: it is not text", {
    hint: 'Write it as SQL: "…", or raw("…")',
  });
}

/** @throws {ToolError} `operation/invalid` if it has parameters. */
function isSql(value: unknown): value is Sql {
  if (typeof value !== "object" || value === null || !("sql" in value)) return false;
  if ("parameters" in value && value.parameters !== undefined) {
    throw new ToolError(
      "operation/invalid",
      "Cannot read an expression: it has parameters, which a definition cannot keep",
      { hint: "Write the values into its text: raw(`…`)" },
    );
  }
  return typeof value.sql === "string";
}

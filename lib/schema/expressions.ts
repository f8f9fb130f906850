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

/** Returns `value` as an expression that both databases read. */
export function defaultExpression(value: DefaultValue): Sql {
  switch (typeof value) {
    case "object":
      return value;
    case "string":
      return { sql: `'${value.replaceAll("'", "''")}'` };
    case "boolean":
      return { sql: value ? "TRUE" : "FALSE" };
    default:
      return { sql: String(value) };
  }
}

/** Returns `text` as an expression. */
export function expression(text: string | Sql): Sql {
  return typeof text === "string" ? { sql: text } : text;
}

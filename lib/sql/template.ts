import { ToolError } from "../error.ts";
import type { Sql, Statement, Value } from "./statement.ts";

/**
 * What `${}` accepts: values become parameters, dates become parameters in ISO format, SQL is inserted
 * unchanged.
 */
export type Interpolation = Value | Date | (Sql & { readonly parameters?: never });

/**
 * Returns a statement whose values are sent separately, as parameters `$1`, `$2` …
 *
 * @example
 * ```ts ignore
 * await db.query(sql`select * from users where email = ${email}`);
 * ```
 *
 * @throws {ToolError} `operation/invalid` if something in `${}` is neither a value nor SQL.
 */
export function sql(
  texts: TemplateStringsArray,
  ...interpolations: readonly Interpolation[]
): Statement {
  const parameters: Value[] = [];
  const text = interpolations.reduce<string>((before, it, index) => {
    const said = isSql(it) ? it.sql : `$${parameters.push(parameter(it))}`;
    return before + said + (texts[index + 1] ?? "");
  }, texts[0] ?? "");
  return parameters.length === 0 ? { sql: text } : { sql: text, parameters };
}

function isSql(it: Interpolation): it is Sql & { readonly parameters?: never } {
  if (typeof it !== "object" || it === null || !("sql" in it)) return false;
  if (it.parameters === undefined) return typeof it.sql === "string";
  throw invalid(
    "Cannot put a statement that has parameters into another",
    "Put in its text with raw(…), and its values with the others",
  );
}

/** Checked at run time: JavaScript may pass anything. */
function parameter(it: unknown): Value {
  switch (typeof it) {
    case "string":
    case "number":
    case "bigint":
    case "boolean":
      return it;
    case "object":
      if (it === null || it instanceof Uint8Array) return it;
      if (it instanceof Date) return it.toISOString();
  }
  throw invalid(
    `Cannot send ${it === undefined ? "undefined" : `this ${typeof it}`} as a value`,
    "Send null for none, text for a list or an object: JSON.stringify(…), or '{1,2}' for a PostgreSQL array",
  );
}

function invalid(message: string, hint: string): ToolError {
  return new ToolError("operation/invalid", message, { hint });
}

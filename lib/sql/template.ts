import type { Sql, Statement, Value } from "./statement.ts";

/** What may stand in `${}`: a value becomes a parameter, SQL is put in as it stands. */
export type Interpolation = Value | (Sql & { readonly parameters?: never });

/**
 * Returns a statement whose values travel beside its text, as `$1`, `$2` …
 *
 * @example
 * ```ts ignore
 * await db.query(sql`select * from users where email = ${email}`);
 * ```
 */
export function sql(
  texts: TemplateStringsArray,
  ...interpolations: readonly Interpolation[]
): Statement {
  const parameters: Value[] = [];
  const text = interpolations.reduce<string>((before, it, index) => {
    const said = isSql(it) ? it.sql : `$${parameters.push(it)}`;
    return before + said + (texts[index + 1] ?? "");
  }, texts[0] ?? "");
  return parameters.length === 0 ? { sql: text } : { sql: text, parameters };
}

function isSql(it: Interpolation): it is Sql & { readonly parameters?: never } {
  return typeof it === "object" && it !== null && !(it instanceof Uint8Array);
}

import { ToolError } from "../../../error.ts";
import { quoteLiteral } from "../../../sql/quote.ts";
import { call, field, isEntity, textOf, unknownVersion } from "./entity.ts";

/** How the name of a column is derived from its key, if it has no name of its own. */
export type Casing = "snake_case" | "camelCase" | undefined;

/** Returns the name of `column` in the database. */
export function columnName(column: unknown, casing: Casing): string {
  if (column === undefined) throw new TypeError("it names a column that does not exist");
  const name = textOf(column, "name");
  if (name === undefined) throw unknownVersion("a column has no name");
  return field(column, "keyAsName") === true ? cased(name, casing) : name;
}

function cased(name: string, casing: Casing): string {
  if (casing === undefined) return name;
  const words = name.replace(/['\u2019]/g, "").match(/[\da-z]+|[A-Z]+(?![a-z])|[A-Z][\da-z]+/g) ??
    [];
  const lower = words.map((it) => it.toLowerCase());
  if (casing === "snake_case") return lower.join("_");
  return lower.map((it, at) => at === 0 ? it : it.charAt(0).toUpperCase() + it.slice(1)).join("");
}

/**
 * Returns the text of a Drizzle `sql` expression, with its values inlined.
 *
 * @param bare Whether columns are unqualified, as where no other table can be meant.
 */
export function sqlText(
  value: unknown,
  { casing, bare = false }: { readonly casing: Casing; readonly bare?: boolean },
): string {
  const expression = isEntity(value, "SQL") ? value : call(value, "getSQL");
  const query = call(expression, "toQuery", {
    escapeName: (name: string) => `"${name.replaceAll('"', '""')}"`,
    escapeParam: () => {
      throw new ToolError(
        "models/invalid",
        "Cannot read the Drizzle models: an expression has a placeholder",
      );
    },
    escapeString: (text: string) => quoteLiteral(text, "postgres"),
    casing: { getColumnCasing: (column: unknown) => columnName(column, casing) },
    inlineParams: true,
    ...(bare && { invokeSource: "indexes" }),
  });
  const text = textOf(query, "sql");
  if (text === undefined) throw unknownVersion("an expression has no text");
  return text;
}

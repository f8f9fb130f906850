import { sameName } from "../schema/qualified_name.ts";
import type { Column, QualifiedName, Schema, Table } from "../schema/schema.ts";
import { quoteIdentifier, quoteLiteral, quoteName } from "../sql/quote.ts";
import { follows } from "./rename_in_object.ts";

/**
 * Returns `schema` after a value of the enum type `name` was renamed: the database keeps no text of it in
 * defaults, expressions and views, but the value itself.
 */
export function renameValueIn(
  { tables, objects, ...schema }: Schema,
  name: QualifiedName,
  from: string,
  to: string,
): Schema {
  const constant = new RegExp(
    String.raw`'((?:[^']|'')*)'::${RegExp.escape(quoteName(name))}(\[\])?(?![\w.[])`,
    "g",
  );
  const renamed = (sql: string) =>
    sql.replaceAll(constant, (whole: string, quoted: string, isArray?: string) => {
      const text = quoted.replaceAll("''", "'");
      const made = isArray ? renamedElements(text, from, to) : text === from ? to : text;
      return quoteLiteral(made, "postgres") + whole.slice(quoted.length + 2);
    });
  return {
    ...schema,
    tables: tables.map((it) =>
      withTexts(isListOf(name, it, tables) ? withBounds(it, from, to) : it, renamed)
    ),
    objects: objects.map((it) => follows(it) ? withTexts(it, renamed) : it),
  };
}

/** Says whether `table` is a partition that lists values of the type, which its bounds do not name. */
function isListOf(type: QualifiedName, table: Table, tables: readonly Table[]): boolean {
  const parent = parentOf(table, tables);
  return parent !== undefined &&
    columnsAbove(parent, tables).some((it) =>
      it.type.kind === "enum" && sameName(it.type.name, type) &&
      parent.options?.partitionBy?.sql === `LIST (${quoteIdentifier(it.name)})`
    );
}

/** Returns the columns of `table`, which has those of what it is a partition of. */
function columnsAbove(table: Table, tables: readonly Table[]): readonly Column[] {
  const parent = parentOf(table, tables);
  return [...table.columns, ...parent ? columnsAbove(parent, tables) : []];
}

function parentOf({ options }: Table, tables: readonly Table[]): Table | undefined {
  const parent = options?.partitionOf?.table;
  return parent && tables.find((it) => sameName(it, parent));
}

function withBounds(table: Table, from: string, to: string): Table {
  const { partitionOf } = table.options ?? {};
  if (!partitionOf) return table;
  const literal = (value: string) => quoteLiteral(value, "postgres");
  const sql = partitionOf.bounds.sql.replaceAll(
    /'(?:[^']|'')*'/g,
    (it) => it === literal(from) ? literal(to) : it,
  );
  return {
    ...table,
    options: { ...table.options, partitionOf: { ...partitionOf, bounds: { sql } } },
  };
}

/** https://www.postgresql.org/docs/current/arrays.html#ARRAYS-IO */
function renamedElements(array: string, from: string, to: string): string {
  return array.replaceAll(/"((?:[^"\\]|\\.)*)"|[^{},"]+/g, (whole, quoted?: string) => {
    if ((quoted?.replaceAll(/\\(.)/g, "$1") ?? whole) !== from) return whole;
    const isBare = /^[^\s{},"\\]+$/.test(to) && !/^null$/i.test(to);
    return isBare ? to : `"${to.replaceAll(/["\\]/g, "\\$&")}"`;
  });
}

/** Returns `value` with each of the SQL texts in it changed. */
function withTexts<Value>(value: Value, change: (sql: string) => string): Value;
function withTexts(value: unknown, change: (sql: string) => string): unknown {
  if (Array.isArray(value)) return value.map((it: unknown) => withTexts(it, change));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, it]: [string, unknown]) => [
      key,
      key === "sql" && typeof it === "string" ? change(it) : withTexts(it, change),
    ]),
  );
}

import { sameName } from "../../schema/qualified_name.ts";
import type { Column, QualifiedName, Schema, Table } from "../../schema/schema.ts";
import { quoteIdentifier, quoteLiteral, quoteName } from "../../sql/quote.ts";
import { changeFollowing } from "./rename_in_object.ts";

/** The new names of values by their old ones; they apply all at once. */
type Renames = ReadonlyMap<string, string>;

/**
 * Returns `schema` after values of the enum type `name` are renamed: in defaults, expressions and
 * views, the database stores not the text of the value but the value itself.
 */
export function renameValuesIn(
  { tables, objects, ...schema }: Schema,
  name: QualifiedName,
  renames: Renames,
): Schema {
  const constant = new RegExp(
    String.raw`'((?:[^']|'')*)'::${RegExp.escape(quoteName(name))}(\[\])?(?![\w.[])`,
    "g",
  );
  const literal = (quoted: string, isArray: boolean) => {
    const text = quoted.replaceAll("''", "'");
    const made = isArray ? renamedElements(text, renames) : renames.get(text) ?? text;
    return quoteLiteral(made, "postgres");
  };
  const renamed = (sql: string) =>
    sql.replaceAll(
      constant,
      (whole: string, quoted: string, isArray?: string) =>
        literal(quoted, isArray !== undefined) + whole.slice(quoted.length + 2),
    );
  return {
    ...schema,
    tables: tables.map((it) => {
      const columns = it.columns.map((one) => withDefault(one, name, literal));
      const table = { ...it, columns };
      return withTexts(withBounds(table, keysOfType(name, table, tables), renames), renamed);
    }),
    objects: objects.map((it) => changeFollowing(it, renamed)),
  };
}

/** The default of a column of that type may be a constant without an explicit type, as `op` writes it. */
function withDefault(
  column: Column,
  type: QualifiedName,
  literal: (quoted: string, isArray: boolean) => string,
): Column {
  const isArray = column.type.kind === "array";
  const element = column.type.kind === "array" ? column.type.of : column.type;
  const [, quoted] = /^'((?:[^']|'')*)'$/.exec(column.default?.sql ?? "") ?? [];
  return quoted === undefined || element.kind !== "enum" || !sameName(element.name, type)
    ? column
    : { ...column, default: { sql: literal(quoted, isArray) } };
}

/**
 * For each part of the partition key by which `table` is a partition, says whether it is a column of
 * the enum type.
 */
function keysOfType(
  type: QualifiedName,
  table: Table,
  tables: readonly Table[],
): readonly boolean[] {
  const parent = parentOf(table, tables);
  const key = /^(?:LIST|RANGE) \((.+)\)$/.exec(parent?.options?.partitionBy?.sql ?? "")?.[1];
  if (parent === undefined || key === undefined) return [];
  const columns = columnsAbove(parent, tables)
    .filter((it) => it.type.kind === "enum" && sameName(it.type.name, type))
    .map((it) => quoteIdentifier(it.name));
  return key.split(", ").map((it) => columns.includes(it));
}

/** Returns the columns of `table`, including those that it has as a partition. */
function columnsAbove(table: Table, tables: readonly Table[]): readonly Column[] {
  const parent = parentOf(table, tables);
  return [...table.columns, ...parent ? columnsAbove(parent, tables) : []];
}

function parentOf({ options }: Table, tables: readonly Table[]): Table | undefined {
  const parent = options?.partitionOf?.table;
  return parent && tables.find((it) => sameName(it, parent));
}

/** The bounds of a partition contain the values without their type. */
function withBounds(table: Table, isOfType: readonly boolean[], renames: Renames): Table {
  const { partitionOf } = table.options ?? {};
  if (!partitionOf || !isOfType.includes(true)) return table;
  const literal = (value: string) => quoteLiteral(value, "postgres");
  const literals = new Map([...renames].map(([from, to]) => [literal(from), literal(to)]));
  let at = 0;
  const renamed = (value: string) =>
    isOfType[at++ % isOfType.length] ? literals.get(value) ?? value : value;
  const sql = partitionOf.bounds.sql.replaceAll(
    /\((?:'(?:[^']|'')*'|[^')])*\)/g,
    (values) => values.replaceAll(/'(?:[^']|'')*'|[^\s(),']+/g, renamed),
  );
  return {
    ...table,
    options: { ...table.options, partitionOf: { ...partitionOf, bounds: { sql } } },
  };
}

/** https://www.postgresql.org/docs/current/arrays.html#ARRAYS-IO */
function renamedElements(array: string, renames: Renames): string {
  return array.replaceAll(/"((?:[^"\\]|\\.)*)"|[^{},"]+/g, (whole, quoted?: string) => {
    const to = renames.get(quoted?.replaceAll(/\\(.)/g, "$1") ?? whole);
    if (to === undefined) return whole;
    const isBare = /^[^\s{},"\\]+$/.test(to) && !/^null$/i.test(to);
    return isBare ? to : `"${to.replaceAll(/["\\]/g, "\\$&")}"`;
  });
}

/** Returns `value` with every SQL text in it changed. */
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

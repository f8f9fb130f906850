import type { OperationOf } from "../../operations/operation.ts";
import { sameName } from "../../schema/qualified_name.ts";
import type { QualifiedName, Schema } from "../../schema/schema.ts";
import { quoteIdentifier, quoteLiteral, quoteName } from "../../sql/quote.ts";
import type { Queryable } from "../../sql/statement.ts";
import type { CompiledStatement } from "../dialect.ts";
import { createEnum } from "./enums.ts";
import { alterTable } from "./statements.ts";

/** A column that has an enum type. */
export interface EnumColumn {
  readonly table: QualifiedName;
  readonly column: string;
  readonly isArray: boolean;
  readonly default?: string | undefined;
}

/**
 * Returns the statements that make an enum type anew, with the columns that have it: PostgreSQL cannot
 * take a value away (https://www.postgresql.org/docs/current/sql-altertype.html). What else depends on
 * the type, such as a view, makes the server refuse.
 */
export function changeEnum(
  { name, values, replaced = {} }: OperationOf<"changeEnum">,
  columns: readonly EnumColumn[],
): readonly CompiledStatement[] {
  const old = { ...name, name: `${name.name.slice(0, 50)}_replaced` };
  return [
    { sql: `ALTER TYPE ${quoteName(name)} RENAME TO ${quoteIdentifier(old.name)}` },
    createEnum({ kind: "createEnum", enum: { ...name, values } }),
    ...columns.flatMap((it) => retype(it, name, Object.entries(replaced))),
    { sql: `DROP TYPE ${quoteName(old)}` },
  ];
}

type Replacements = readonly (readonly [from: string, to: string])[];

/** A default is of the old type: it has to go before the column can have the new one. */
function retype(
  { table, column, isArray, default: value }: EnumColumn,
  type: QualifiedName,
  replaced: Replacements,
): readonly CompiledStatement[] {
  const on = `ALTER COLUMN ${quoteIdentifier(column)}`;
  const wanted = `${quoteName(type)}${isArray ? "[]" : ""}`;
  const using = `USING ${converted(quoteIdentifier(column), isArray, replaced)}::${wanted}`;
  return [
    ...value === undefined ? [] : [alterTable(table, `${on} DROP DEFAULT`)],
    alterTable(table, `${on} TYPE ${wanted} ${using}`),
    ...value === undefined
      ? []
      : [alterTable(table, `${on} SET DEFAULT ${newDefault(value, wanted, isArray, replaced)}`)],
  ];
}

/** A constant becomes one of the new type by itself, without the cast that the server shows. */
function newDefault(
  value: string,
  wanted: string,
  isArray: boolean,
  replaced: Replacements,
): string {
  const [, constant] = /^('(?:[^']|'')*')(?:::.*)?$/.exec(value) ?? [];
  if (constant === undefined || (isArray && replaced.length > 0)) {
    return `${converted(value, isArray, replaced)}::${wanted}`;
  }
  const pair = replaced.find(([from]) => quoteLiteral(from, "postgres") === constant);
  return pair ? quoteLiteral(pair[1], "postgres") : constant;
}

function converted(value: string, isArray: boolean, replaced: Replacements): string {
  const text = `(${value})::text${isArray ? "[]" : ""}`;
  const pairs = replaced.map((it) => it.map((label) => quoteLiteral(label, "postgres")));
  if (pairs.length === 0) return text;
  if (isArray) {
    return pairs.reduce((sofar, [from, to]) => `array_replace(${sofar}, ${from}, ${to})`, text);
  }
  const cases = pairs.map(([from, to]) => `WHEN ${from} THEN ${to}`).join(" ");
  return `(CASE ${text} ${cases} ELSE ${text} END)`;
}

/** Returns the columns of `schema` that have the type `name`. */
export function columnsOfEnum(name: QualifiedName, schema: Schema): readonly EnumColumn[] {
  return schema.tables.flatMap((table) =>
    table.columns.flatMap(({ name: column, type, default: value }) => {
      const isArray = type.kind === "array";
      const element = isArray ? type.of : type;
      if (element.kind !== "enum" || !sameName(element.name, name)) return [];
      return [{ table, column, isArray, default: value?.sql }];
    })
  );
}

/** Returns the columns of the database that have the type `name`; those of partitions follow their table's. */
export async function readColumnsOfEnum(
  name: QualifiedName,
  connection: Queryable,
): Promise<readonly EnumColumn[]> {
  const rows = await connection.query({ sql: enumColumns, parameters: [quoteName(name)] });
  return rows.map((row) => ({
    table: { schema: String(row["schema"]), name: String(row["table"]) },
    column: String(row["column"]),
    isArray: row["is_array"] === true,
    default: typeof row["default"] === "string" ? row["default"] : undefined,
  }));
}

const enumColumns = `SELECT n.nspname AS schema, c.relname AS table, a.attname AS column,
  a.atttypid = t.typarray AS is_array, pg_get_expr(d.adbin, d.adrelid) AS default
FROM pg_type t
JOIN pg_attribute a ON a.atttypid IN (t.oid, t.typarray) AND a.attnum > 0 AND NOT a.attisdropped
JOIN pg_class c ON c.oid = a.attrelid AND c.relkind IN ('r', 'p') AND NOT c.relispartition
JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
WHERE t.oid = $1::regtype
ORDER BY n.nspname, c.relname, a.attnum`;

import { sameName } from "../../schema/qualified_name.ts";
import type { Enum, QualifiedName, Schema, SchemaObject } from "../../schema/schema.ts";
import { quoteLiteral } from "../../sql/quote.ts";
import type { Queryable, Row } from "../../sql/statement.ts";
import type { IntrospectOptions } from "../dialect.ts";
import { dependenciesQuery } from "./introspect/dependencies_query.ts";
import { type Facts, factsOf, nameOf, namesOf } from "./introspect/facts.ts";
import { grantsQuery } from "./introspect/grants_query.ts";
import { inOrderOfNeed } from "./introspect/in_order_of_need.ts";
import { enumsQuery, objectsQuery } from "./introspect/objects_query.ts";
import { readObject } from "./introspect/read_object.ts";
import { sequenceFacts } from "./introspect/read_sequence.ts";
import { readTable } from "./introspect/read_table.ts";
import { tablesQuery } from "./introspect/tables_query.ts";

/**
 * Returns what the schemas asked for hold, in a handful of queries however much that is. What is in the
 * schema that new tables go to has no schema in its name. What belongs to an extension is left out.
 */
export async function introspect(
  connection: Queryable,
  { schemas, exclude = [], grants = false }: IntrospectOptions = {},
): Promise<Schema> {
  const wanted = schemas === undefined
    ? "n.nspname = current_schema()"
    : `n.nspname IN (${schemas.map((it) => quoteLiteral(it, "postgres")).join(", ")})`;
  const query = (sql: string) => connection.query({ sql: filledIn(sql, wanted) });
  const isKept = (name: QualifiedName | undefined) =>
    name === undefined ||
    !exclude.some((it) => sameName({ schema: name.schema, ...it }, name));
  const tables = (await query(tablesQuery)).map(readTable).filter(isKept);
  const enums = (await query(enumsQuery)).map(readEnum);
  const found = (await query(objectsQuery))
    .map((row) => ({ id: String(row["id"]), object: readObject(row) }))
    .filter(({ object }) => isKept(object.on));
  const needs = needsOf(found.length > 1 ? await query(dependenciesQuery) : []);
  return {
    tables,
    enums,
    objects: [
      ...inOrderOfNeed(found, needs).map((it) => it.object),
      ...grants ? grantsOf(await query(grantsQuery), isKept) : [],
    ],
  };
}

/**
 * `$name(schema, name)` is a name in SQL, with its schema where that is not the default one; `$wanted`
 * says which schemas `n` are, and `$sequence` is what a sequence `q` says.
 */
function filledIn(sql: string, wanted: string): string {
  return sql.replace(
    /\$name\(([\w.]+), ([\w.]+)\)/g,
    (_, schema: string, name: string) =>
      `(CASE WHEN ${schema} = current_schema() THEN '' ELSE quote_ident(${schema}) || '.' END || quote_ident(${name}))`,
  ).replaceAll("$wanted", () => wanted).replaceAll("$sequence", () => sequenceFacts);
}

function readEnum(row: Facts): Enum {
  return { ...nameOf(row), values: namesOf(row["values"]) };
}

function needsOf(rows: readonly Row[]): ReadonlyMap<string, readonly string[]> {
  const needs = new Map<string, string[]>();
  for (const row of rows) {
    const [id, need] = [String(row["id"]), String(row["needs"])];
    const known = needs.get(id);
    if (known) known.push(need);
    else needs.set(id, [need]);
  }
  return needs;
}

function grantsOf(
  rows: readonly Row[],
  isKept: (name: QualifiedName | undefined) => boolean,
): readonly SchemaObject[] {
  return rows.filter((row) => {
    const on = factsOf(row["on_table"]);
    return isKept(on && nameOf(on));
  }).map(readObject);
}

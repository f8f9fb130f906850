import { showName } from "../../schema/qualified_name.ts";
import type { Enum, ObjectKind, Schema, SchemaObject } from "../../schema/schema.ts";
import { quoteLiteral } from "../../sql/quote.ts";
import type { Queryable } from "../../sql/statement.ts";
import type { IntrospectOptions } from "../dialect.ts";
import { type Facts, factsOf, nameOf, namesOf, textOf } from "./introspect/facts.ts";
import { enumsQuery, objectsQuery } from "./introspect/objects_query.ts";
import { readTable } from "./introspect/read_table.ts";
import { tablesQuery } from "./introspect/tables_query.ts";

/**
 * Returns what the schemas asked for hold, in three queries however much that is. What is in the schema
 * that new tables go to has no schema in its name. What belongs to an extension is left out.
 */
export async function introspect(
  connection: Queryable,
  { schemas, exclude = [] }: IntrospectOptions = {},
): Promise<Schema> {
  const wanted = schemas === undefined
    ? "n.nspname = current_schema()"
    : `n.nspname IN (${schemas.map((it) => quoteLiteral(it, "postgres")).join(", ")})`;
  const query = (sql: string) =>
    connection.query({ sql: withNames(sql.replaceAll("$wanted", () => wanted)) });
  const tables = (await query(tablesQuery)).map(readTable);
  const enums = (await query(enumsQuery)).map(readEnum);
  const objects = (await query(objectsQuery)).map(readObject);
  const values = new Map(enums.map((it) => [showName(it), it.values]));
  return {
    tables: tables
      .filter((it) =>
        !exclude.some((out) => out.name === it.name && (out.schema ?? it.schema) === it.schema)
      )
      .map((it) => ({
        ...it,
        columns: it.columns.map((column) => {
          const { type } = column;
          const element = type.kind === "array" ? type.of : type;
          if (element.kind !== "enum") return column;
          const known = { ...element, values: values.get(showName(element.name)) ?? [] };
          return { ...column, type: type.kind === "array" ? { ...type, of: known } : known };
        }),
      })),
    enums,
    objects,
  };
}

/** `$name(schema, name)` is a name in SQL, with its schema where that is not the default one. */
function withNames(sql: string): string {
  return sql.replace(
    /\$name\(([\w.]+), ([\w.]+)\)/g,
    (_, schema: string, name: string) =>
      `(CASE WHEN ${schema} = current_schema() THEN '' ELSE quote_ident(${schema}) || '.' END || quote_ident(${name}))`,
  );
}

function readEnum(row: Facts): Enum {
  return { ...nameOf(row), values: namesOf(row["values"]) };
}

function readObject(row: Facts): SchemaObject {
  const [on, types] = [factsOf(row["on"]), textOf(row["arguments"])];
  return {
    kind: String(row["kind"]) as ObjectKind,
    ...nameOf(row),
    ...(on && { on: nameOf(on) }),
    ...(types !== undefined && { arguments: types }),
    definition: { sql: String(row["definition"]) },
  };
}

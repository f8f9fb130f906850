import {
  compositeType,
  domain,
  extension,
  functionObject,
  grant,
  materializedView,
  policy,
  procedure,
  schema,
  sequence,
  trigger,
  view,
} from "../../lib/schema/objects.ts";
import type { SchemaObject, Table } from "../../lib/schema/schema.ts";
import { quoteIdentifier } from "../../lib/sql/quote.ts";
import type { Source } from "./generate_schema.ts";

/** Returns some objects that can be created when `tables` exist, in a valid order. */
export function generateObjects(
  from: Source,
  tables: readonly Table[],
): readonly SchemaObject[] {
  const kinds = from.dialect === "postgres" ? postgresObjects : sqliteObjects;
  const [table] = tables;
  return kinds.filter(from.sometimes).flatMap((it) => it(from, table));
}

type Make = (from: Source, table: Table | undefined) => readonly SchemaObject[];

const views: Make = ({ name }) => [view({ name: name("view") }, "SELECT 1 AS x")];

const postgresObjects: readonly Make[] = [
  views,
  ({ name }) => [materializedView({ name: name("stored") }, "SELECT 1 AS x")],
  ({ name, sometimes }) => [
    sequence({ name: name("sequence") }, sometimes() ? { start: 7, increment: 2, cache: 3 } : {}),
  ],
  ({ name }) => [domain({ name: name("domain") }, "text NOT NULL CHECK (VALUE <> '')")],
  () => [extension("citext")],
  ({ name }) => [schema("apart"), sequence({ schema: "apart", name: name("sequence") })],
  () => [grant("SELECT", "TABLE parent", "public")],
  ({ name }) => [compositeType({ name: name("pair") }, "a integer, b text")],
  ({ name }) => {
    const plain = plainName("does", name);
    return [
      procedure(
        `${plain}(integer)`,
        `CREATE PROCEDURE ${plain}(x integer) LANGUAGE sql AS 'SELECT 1'`,
      ),
    ];
  },
  ({ name }, table) => {
    const function_ = plainName("notes", name);
    const made = functionObject(
      `${function_}()`,
      `CREATE FUNCTION ${function_}() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NEW; END$$`,
    );
    if (!table) return [made];
    const own = name("trigger");
    const statement = `CREATE TRIGGER ${quoteIdentifier(own)} AFTER INSERT ON ${
      quoteIdentifier(table.name)
    } FOR EACH ROW EXECUTE FUNCTION ${function_}()`;
    return [made, trigger(own, { name: table.name }, statement)];
  },
  ({ name }, table) =>
    table ? [policy(name("policy"), { name: table.name }, { for: "select", using: "true" })] : [],
];

/** A name that needs no quotes. */
function plainName(prefix: string, name: Source["name"]): string {
  return prefix + name("").replaceAll(/[^0-9]/g, "");
}

const sqliteObjects: readonly Make[] = [
  views,
  ({ name }, table) => {
    if (!table) return [];
    const own = name("trigger");
    const on = quoteIdentifier(table.name);
    const statement = `CREATE TRIGGER ${
      quoteIdentifier(own)
    } AFTER INSERT ON ${on} BEGIN SELECT 1; END`;
    return [trigger(own, { name: table.name }, statement)];
  },
];

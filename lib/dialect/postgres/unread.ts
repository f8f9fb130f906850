import type { Queryable } from "../../sql/statement.ts";
import type { IntrospectOptions, Unread } from "../dialect.ts";
import { catalogueOf } from "./introspect/catalogue.ts";

/** Returns what the requested schemas have that `introspect` does not read. */
export async function unread(
  connection: Queryable,
  { schemas }: IntrospectOptions = {},
): Promise<readonly Unread[]> {
  const rows = await catalogueOf(connection, schemas ?? "default").query(query, []);
  return rows.map((it) => ({
    text: `${it["kind"]} ${it["name"]}`,
    ...(it["is_property"] === true && { isProperty: true }),
  }));
}

/** Returns the query for the objects of one catalogue that belong to no extension. */
function things(
  kind: string,
  catalogue: string,
  { name, namespace, where = "true" }: {
    readonly name: string;
    readonly namespace: string;
    readonly where?: string;
  },
): string {
  return `SELECT '${kind}' AS kind, x.${name}::text AS name, false AS is_property FROM ${catalogue} x
  JOIN pg_namespace n ON n.oid = x.${namespace}
  WHERE $wanted AND (${where}) AND NOT EXISTS (SELECT FROM pg_depend e
    WHERE e.classid = '${catalogue}'::regclass AND e.objid = x.oid AND e.deptype IN ('e', 'i'))`;
}

/** Returns the query for the objects of one catalogue that are in no schema, and not the server's own. */
function unplaced(kind: string, catalogue: string, name: string): string {
  return `SELECT '${kind}', ${name}, false FROM ${catalogue} x
  WHERE x.oid >= 16384 AND NOT EXISTS (SELECT FROM pg_depend e
    WHERE e.classid = '${catalogue}'::regclass AND e.objid = x.oid AND e.deptype IN ('e', 'i'))`;
}

const parts = [
  things("aggregate", "pg_proc", {
    name: "proname",
    namespace: "pronamespace",
    where: "x.prokind = 'a'",
  }),
  things("foreign table", "pg_class", {
    name: "relname",
    namespace: "relnamespace",
    where: "x.relkind = 'f'",
  }),
  things("range type", "pg_type", {
    name: "typname",
    namespace: "typnamespace",
    where: "x.typtype = 'r'",
  }),
  things("operator", "pg_operator", { name: "oprname", namespace: "oprnamespace" }),
  things("collation", "pg_collation", { name: "collname", namespace: "collnamespace" }),
  things("statistics", "pg_statistic_ext", { name: "stxname", namespace: "stxnamespace" }),
  things("text search configuration", "pg_ts_config", {
    name: "cfgname",
    namespace: "cfgnamespace",
  }),
  things("text search dictionary", "pg_ts_dict", { name: "dictname", namespace: "dictnamespace" }),
  `SELECT 'rule', r.rulename::text, false FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class
  JOIN pg_namespace n ON n.oid = c.relnamespace WHERE $wanted AND r.rulename <> '_RETURN'`,
  unplaced("event trigger", "pg_event_trigger", "x.evtname::text"),
  unplaced("foreign server", "pg_foreign_server", "x.srvname::text"),
  unplaced("cast", "pg_cast", "format('%s AS %s', x.castsource::regtype, x.casttarget::regtype)"),
  // There are such constraints from version 18 on. Their names are not compared: the column says which it is.
  `SELECT 'NOT VALID of the NOT NULL on', format('%s.%I', k.conrelid::regclass, a.attname), true
  FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = ANY (k.conkey)
  WHERE $wanted AND k.contype = 'n' AND NOT k.convalidated AND k.conislocal`,
];

const query = `SELECT * FROM (
${parts.join("\nUNION ALL\n")}
) x ORDER BY kind COLLATE "C", name COLLATE "C"`;

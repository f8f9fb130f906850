import type { Queryable } from "../../sql/statement.ts";

/** An object in a database that somebody created. */
export interface Occupant {
  /** For messages. */
  readonly name: string;
  /** Drops it, and everything that depends on it, if it still exists. */
  readonly drop: string;
}

/**
 * Returns the objects in the database of `connection`, except the server's own, in an order in which
 * they can be dropped.
 */
export async function occupantsOf(connection: Queryable): Promise<readonly Occupant[]> {
  const rows = await connection.query({ sql: query });
  return rows.map((it) => ({
    name: `${it["kind"]} ${it["name"]}`,
    drop: `DROP ${String(it["kind"]).toUpperCase()} IF EXISTS ${it["name"]} CASCADE`,
  }));
}

/**
 * Excludes objects that belong to an extension, and are dropped with it, and those that a new database
 * has.
 */
function own(catalogue: string): string {
  return `NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = '${catalogue}'::regclass AND d.objid = x.oid AND d.deptype IN ('e', 'i'))`;
}

const query = `
SELECT 'extension' AS kind, quote_ident(x.extname) AS name, 1 AS place FROM pg_extension x WHERE x.extname <> 'plpgsql'
UNION ALL SELECT 'event trigger', quote_ident(x.evtname), 2 FROM pg_event_trigger x WHERE ${
  own("pg_event_trigger")
}
UNION ALL SELECT 'publication', quote_ident(x.pubname), 3 FROM pg_publication x
UNION ALL SELECT 'server', quote_ident(x.srvname), 4 FROM pg_foreign_server x
UNION ALL SELECT 'schema', quote_ident(x.nspname), 5 FROM pg_namespace x
  WHERE x.nspname NOT IN ('public', 'information_schema') AND x.nspname !~ '^pg_'
    AND ${own("pg_namespace")}
UNION ALL SELECT CASE x.relkind WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view' WHEN 'S' THEN 'sequence'
    WHEN 'f' THEN 'foreign table' ELSE 'table' END, format('public.%I', x.relname), 6
  FROM pg_class x WHERE x.relnamespace = 'public'::regnamespace AND x.relkind IN ('r', 'p', 'v', 'm', 'S', 'f')
    AND ${own("pg_class")}
UNION ALL SELECT 'routine', format('public.%I(%s)', x.proname, pg_get_function_identity_arguments(x.oid)), 7
  FROM pg_proc x WHERE x.pronamespace = 'public'::regnamespace AND ${own("pg_proc")}
UNION ALL SELECT CASE x.typtype WHEN 'd' THEN 'domain' ELSE 'type' END, format('public.%I', x.typname), 8
  FROM pg_type x WHERE x.typnamespace = 'public'::regnamespace AND ${own("pg_type")}
    AND (x.typtype IN ('e', 'd', 'r') OR (SELECT c.relkind FROM pg_class c WHERE c.oid = x.typrelid) = 'c')
UNION ALL SELECT 'collation', format('public.%I', x.collname), 9
  FROM pg_collation x WHERE x.collnamespace = 'public'::regnamespace AND ${own("pg_collation")}
UNION ALL SELECT 'text search configuration', format('public.%I', x.cfgname), 9
  FROM pg_ts_config x WHERE x.cfgnamespace = 'public'::regnamespace AND ${own("pg_ts_config")}
UNION ALL SELECT 'text search dictionary', format('public.%I', x.dictname), 10
  FROM pg_ts_dict x WHERE x.dictnamespace = 'public'::regnamespace AND ${own("pg_ts_dict")}
ORDER BY 3, 2`;

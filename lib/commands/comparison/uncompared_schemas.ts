import type { Config } from "../../config/config.ts";
import type { DialectName } from "../../dialect/dialect.ts";
import { ownTables } from "../../migrate/own_tables.ts";
import { quoteLiteral } from "../../sql/quote.ts";
import type { Queryable } from "../../sql/statement.ts";

/**
 * Returns the schemas of a PostgreSQL database that hold anything besides members of extensions and the tables
 * of this tool, but are not compared because none are configured.
 */
export async function uncomparedSchemas(
  connection: Queryable,
  dialect: DialectName,
  { schemas, versionTable }: Pick<Config, "schemas" | "versionTable">,
): Promise<readonly string[]> {
  if (dialect !== "postgres" || schemas !== undefined) return [];
  const own = ownTables(versionTable).map((it) => quoteLiteral(it.name, "postgres"));
  const rows = await connection.query({ sql: queryWithout(own.join(", ")) });
  return rows.map((it) => String(it["name"]));
}

function queryWithout(tables: string): string {
  return `SELECT DISTINCT nspname::text AS name FROM (
  SELECT relnamespace, oid, tableoid, relkind = 'S' FROM pg_class
    WHERE relkind IN ('r', 'p', 'v', 'm', 'f', 'c', 'S') AND relname NOT IN (${tables}) UNION ALL
  SELECT typnamespace, oid, tableoid, false FROM pg_type WHERE typtype IN ('e', 'd', 'r') UNION ALL
  SELECT pronamespace, oid, tableoid, false FROM pg_proc
) held(namespace, id, catalogue, is_sequence) JOIN pg_namespace n ON n.oid = namespace
WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' AND nspname IS DISTINCT FROM current_schema()
AND NOT EXISTS (
  SELECT FROM pg_depend d WHERE (d.classid, d.objid) = (catalogue, id)
  AND (d.deptype = 'e' OR is_sequence AND d.deptype IN ('a', 'i'))
) ORDER BY name`;
}

import type { DialectName } from "../../dialect/dialect.ts";
import type { Queryable } from "../../sql/statement.ts";

/** Returns the schemas of a PostgreSQL database that hold anything besides members of extensions. */
export async function usedSchemas(
  connection: Queryable,
  dialect: DialectName,
): Promise<readonly string[]> {
  if (dialect !== "postgres") return [];
  const rows = await connection.query({ sql: query });
  return rows.map((it) => String(it["name"]));
}

const query = `SELECT DISTINCT nspname AS name FROM (
  SELECT relnamespace, oid, tableoid FROM pg_class UNION ALL
  SELECT typnamespace, oid, tableoid FROM pg_type UNION ALL
  SELECT pronamespace, oid, tableoid FROM pg_proc
) held(namespace, id, catalogue) JOIN pg_namespace n ON n.oid = namespace
WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' AND NOT EXISTS (
  SELECT FROM pg_depend d WHERE (d.classid, d.objid, d.deptype) = (catalogue, id, 'e')
) ORDER BY name`;

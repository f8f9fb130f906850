import { ToolError } from "../../error.ts";
import type { VersionTable } from "../../plan/version_table.ts";
import { quoteLiteral } from "../../sql/quote.ts";
import type { Queryable } from "../../sql/statement.ts";

/**
 * Refuses to take `table` for missing on PostgreSQL if it is in a schema of the search path that the
 * role may not use: the server passes over such a schema without a word.
 *
 * @throws {ToolError} `database/refused`, with the GRANT.
 */
export async function refusePassedOver(connection: Queryable, table: VersionTable): Promise<void> {
  if (table.schema !== undefined) return; // the server itself reports a schema that is named
  const { passedOver, role } = await readPath(connection, table);
  const hiding = passedOver.find((it) => it.holdsTable);
  if (hiding === undefined) return;
  throw new ToolError(
    "database/refused",
    `Cannot read ${table.name}: permission denied for schema ${hiding.schema}, which has it`,
    {
      hint: `${grantOf(hiding.schema, role)}; or, for a table of its own, ` +
        "set version_table_schema",
    },
  );
}

/**
 * Refuses to create anything on PostgreSQL where the search path leads to no schema that the role
 * may use, or to the session's temporary one: all would be gone at the end.
 *
 * @throws {ToolError} `database/refused`
 */
export async function refuseWithoutPlace(
  connection: Queryable,
  table: VersionTable,
): Promise<void> {
  if (table.schema !== undefined) return; // the search path is of no use to the version table
  const [row] = await connection.query({ sql: "SELECT current_schema() AS place" });
  const place = row?.["place"];
  const isTemporary = typeof place === "string" && place.startsWith("pg_temp_");
  if (place !== null && !isTemporary) return;
  const { path, passedOver, role } = await readPath(connection, table);
  if (isTemporary) {
    throw new ToolError(
      "database/refused",
      `Cannot change the database: the search_path, ${path}, makes all new tables temporary`,
      { hint: `Name another schema first, as with ALTER ROLE ${role} SET search_path = public` },
    );
  }
  const [first] = passedOver;
  if (first === undefined) return; // none of its schemas exists, which the server reports
  throw new ToolError(
    "database/refused",
    `Cannot change the database: permission denied for schema ${first.schema}, where new tables go`,
    { hint: grantOf(first.schema, role) },
  );
}

function grantOf(schema: string, role: string): string {
  return `GRANT USAGE ON SCHEMA ${schema} TO ${role}, or set role = "…" in the configuration to one that may`;
}

interface Path {
  /** As it is configured. */
  readonly path: string;
  /** Quoted, as all names below. */
  readonly role: string;
  /** The schemas of the path that exist, but that the role may not use, in order. */
  readonly passedOver: readonly { readonly schema: string; readonly holdsTable: boolean }[];
}

async function readPath(connection: Queryable, { name }: VersionTable): Promise<Path> {
  const rows = await connection.query({
    sql: `SELECT current_setting('search_path') AS path, quote_ident(current_user) AS role,
  quote_ident(s.nspname) AS schema, EXISTS (
    SELECT FROM pg_catalog.pg_class WHERE relnamespace = s.oid AND relname = ${
      quoteLiteral(name, "postgres")
    }) AS holds_table
FROM (VALUES (true)) AS one (row)
LEFT JOIN regexp_matches(current_setting('search_path'), '"((?:[^"]|"")+)"|([^\\s,"]+)', 'g')
  WITH ORDINALITY AS written (it, position) ON true
LEFT JOIN pg_catalog.pg_namespace s ON NOT has_schema_privilege(s.oid, 'USAGE')
  AND s.nspname = replace(coalesce(replace(it[1], '""', '"'), lower(it[2])), '$user', current_user)
ORDER BY position`,
  });
  const [first] = rows;
  return {
    path: String(first?.["path"]),
    role: String(first?.["role"]),
    passedOver: rows.flatMap(({ schema, holds_table: holds }) =>
      typeof schema === "string" ? [{ schema, holdsTable: holds === true }] : []
    ),
  };
}

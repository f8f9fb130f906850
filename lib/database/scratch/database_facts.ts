import type { Queryable, Row } from "../../sql/statement.ts";

/** The properties of a database that a scratch database is to share. */
export interface DatabaseFacts {
  /** In the server's format: `18.4`. */
  readonly serverVersion: string;
  /** Whether the role may create databases. */
  readonly mayCreate: boolean;
  /** The schema that new tables are created in; absent if no schema of the search path exists. */
  readonly schema: string | undefined;
  /** By name: settings that affect how the server reads or writes expressions. */
  readonly settings: Readonly<Record<string, string>>;
  readonly encoding: string;
  /** Its row in `pg_database`, whose columns depend on the version. */
  readonly row: Readonly<Record<string, unknown>>;
}

/** Queries the facts of the database of `connection`. */
export async function databaseFacts(connection: Queryable): Promise<DatabaseFacts> {
  const [row = {}] = await connection.query({ sql: query });
  const { database, settings } = row;
  return {
    serverVersion: versionOf(row),
    mayCreate: row["may_create"] === true,
    schema: typeof row["schema"] === "string" ? row["schema"] : undefined,
    settings: Object.fromEntries(
      Object.entries(isRecord(settings) ? settings : {}).map(([name, it]) => [name, String(it)]),
    ),
    encoding: String(row["encoding"]),
    row: isRecord(database) ? database : {},
  };
}

/** Returns the server's version without what its packager added. */
export function versionOf(row: Row): string {
  return String(row["version"]).split(" ")[0] ?? "";
}

const query = `SELECT current_setting('server_version') AS version, current_schema() AS schema,
  (SELECT r.rolsuper OR r.rolcreatedb FROM pg_roles r WHERE r.rolname = current_user) AS may_create,
  (SELECT json_object_agg(s.name, s.setting) FROM pg_settings s WHERE lower(s.name) IN
    ('search_path', 'datestyle', 'intervalstyle', 'timezone', 'bytea_output', 'extra_float_digits')) AS settings,
  pg_encoding_to_char(d.encoding) AS encoding, to_json(d) AS database
FROM pg_database d WHERE d.datname = current_database()`;

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

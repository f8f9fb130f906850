import { versionOf } from "../../database/scratch/database_facts.ts";
import type { DialectName } from "../../dialect/dialect.ts";
import type { Queryable } from "../../sql/statement.ts";

/** Returns the version of the server behind `connection`, as the server reports it: `18.4`. */
export async function serverVersion(connection: Queryable, dialect: DialectName): Promise<string> {
  const [row = {}] = await connection.query({ sql: queries[dialect] });
  return versionOf(row);
}

const queries: Readonly<Record<DialectName, string>> = {
  postgres: "SELECT current_setting('server_version') AS version",
  sqlite: "SELECT sqlite_version() AS version",
};

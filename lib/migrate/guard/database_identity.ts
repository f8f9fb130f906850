import { basename } from "node:path";
import type { Connection, DatabaseUrl } from "../../driver/driver.ts";
import { ToolError } from "../../error.ts";

/**
 * Returns the identity of the database, regardless of the name it was reached by:
 * `shop@7421360129`, its name and, on PostgreSQL, the identifier that its cluster was given when it
 * was created, which its copies share. For a file, its name without the folder; for a libSQL
 * server, its host.
 */
export async function databaseIdentity(connection: Connection, url: DatabaseUrl): Promise<string> {
  switch (url.kind) {
    case "sqlite":
      return basename(url.path);
    case "libsql":
      return url.url.replace(/^\w+:\/\//, "").replace(/[/?].*$/, "");
    case "postgres":
      return await postgresIdentity(connection);
  }
}

async function postgresIdentity(connection: Connection): Promise<string> {
  const [row] = await connection.query({ sql: "SELECT current_database() AS name" });
  // Some hosting providers do not grant access to the function.
  const [cluster] = await connection.query({
    sql: "SELECT system_identifier::text AS id FROM pg_control_system()",
  }).catch(() => []);
  return cluster === undefined ? String(row?.["name"]) : `${row?.["name"]}@${cluster["id"]}`;
}

/** @throws {ToolError} `database/refused` unless `identity`, or its name alone, is `expected`. */
export function expectIdentity(identity: string, expected: string): void {
  if (identity === expected || identity.replace(/@\d+$/, "") === expected) return;
  throw new ToolError(
    "database/refused",
    `Cannot continue: this is the database "${identity}", but "${expected}" is expected`,
    { hint: "Check the database URL, and expect_database in the configuration" },
  );
}

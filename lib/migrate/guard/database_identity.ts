import { basename } from "node:path";
import type { Connection, DatabaseUrl } from "../../driver/driver.ts";
import { ToolError } from "../../error.ts";

/**
 * Returns which database this is, whatever name leads to it: `shop@7421360129`, its name and, on
 * PostgreSQL, the number that its cluster got when it was made and that its copies have, too. Of a
 * file the name without its folder, of a libSQL server its host.
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
  // Some hosts keep the function to themselves.
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

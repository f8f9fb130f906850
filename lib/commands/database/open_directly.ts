import { formatDatabaseUrl } from "../../database/format_database_url.ts";
import { type Database, openDatabase } from "../../database/open_database.ts";
import type { ConnectOptions, DatabaseUrl } from "../../driver/driver.ts";
import { ToolError } from "../../error.ts";
import { databaseIdentity } from "../../migrate/guard/database_identity.ts";

/**
 * Opens `direct`, bypassing the pooler that `pooled` goes through.
 *
 * @throws {ToolError} `database/refused` if that is a different database: one of the two URLs is
 *   wrong.
 */
export async function openDirectly(
  pooled: Database,
  url: DatabaseUrl,
  direct: DatabaseUrl,
  options: ConnectOptions,
): Promise<Database> {
  await using unlessReturned = new AsyncDisposableStack();
  const opened = unlessReturned.use(await openDatabase(direct, options));
  const [behind, found] = [
    await databaseIdentity(pooled.connection, url),
    await databaseIdentity(opened.connection, direct),
  ];
  if (behind === found) {
    unlessReturned.move();
    return opened;
  }
  throw new ToolError(
    "database/refused",
    `Cannot go around the pooler: direct_url leads to the database "${found}", the pooler to "${behind}"`,
    { hint: `Check direct_url (${formatDatabaseUrl(direct)}) and the database URL` },
  );
}

import { formatDatabaseUrl } from "../../database/format_database_url.ts";
import { type Database, openDatabase } from "../../database/open_database.ts";
import type { DatabaseUrl } from "../../driver/driver.ts";
import type { Report } from "../../report/event.ts";
import type { Environment } from "../environment.ts";

/** Opens a database other than the project's own, only to read it. */
export function openOther(
  url: DatabaseUrl,
  { config, context }: Environment,
  report?: Report,
): Promise<Database> {
  report?.({ kind: "connected", database: formatDatabaseUrl(url) });
  return openDatabase(url, {
    create: false,
    lockWaitMilliseconds: config.lockWaitMilliseconds,
    applicationName: "migrate",
    ...(context.signal && { signal: context.signal }),
    ...(report && { onNotice: (text: string) => report({ kind: "notice", text }) }),
  });
}

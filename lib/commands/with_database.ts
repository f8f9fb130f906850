import { formatDatabaseUrl } from "../database/format_database_url.ts";
import { type Database, openDatabase } from "../database/open_database.ts";
import type { Dialect } from "../dialect/dialect.ts";
import type { Report } from "../report/event.ts";
import type { Environment } from "./environment.ts";

/** The project's database, open. */
export interface OpenDatabase {
  readonly database: Database;
  readonly dialect: Dialect;
  /** For people: without the password. */
  readonly shown: string;
}

/**
 * Opens the project's database, runs `body` with it, and closes it however `body` ends.
 *
 * @param create Whether a missing SQLite file may be created; a command that only reads must not.
 */
export async function withDatabase<Result>(
  environment: Environment,
  { create, report, lockWaitMilliseconds }: {
    readonly create: boolean;
    readonly report?: Report;
    /** Default: as configured. */
    readonly lockWaitMilliseconds?: number | undefined;
  },
  body: (open: OpenDatabase) => Promise<Result>,
): Promise<Result> {
  const { config, context } = environment;
  const url = config.databaseUrl();
  await using database = await openDatabase(url, {
    create,
    foreignKeys: config.foreignKeys,
    lockWaitMilliseconds: lockWaitMilliseconds ?? config.lockWaitMilliseconds,
    applicationName: "migrate",
    ...(context.signal && { signal: context.signal }),
    ...(report && { onNotice: (text: string) => report({ kind: "notice", text }) }),
  });
  return await body({
    database,
    dialect: await loadDialect(database.dialect),
    shown: formatDatabaseUrl(url),
  });
}

/** Returns the language `name`, loaded only now: a command needs one. */
export async function loadDialect(name: Dialect["name"]): Promise<Dialect> {
  return name === "postgres"
    ? (await import("../dialect/postgres/dialect.ts")).postgres
    : (await import("../dialect/sqlite/dialect.ts")).sqlite;
}

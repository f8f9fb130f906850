import { formatDatabaseUrl } from "../../database/format_database_url.ts";
import type { Database } from "../../database/open_database.ts";
import type { Dialect } from "../../dialect/dialect.ts";
import { cancelWhenAborted } from "../../driver/cancel_when_aborted.ts";
import type { ConnectOptions, DatabaseUrl } from "../../driver/driver.ts";
import type { Report } from "../../report/event.ts";
import { connectWhenUp } from "./connect_when_up.ts";
import type { Environment } from "../environment.ts";

/** The project's database, open. */
export interface OpenConnection {
  readonly database: Database;
  /** The URL that was opened: if a pooler was bypassed, the direct one. */
  readonly url: DatabaseUrl;
  /** For messages: without the password. */
  readonly shown: string;
}

/** The project's database, open, and its dialect. */
export interface OpenDatabase extends OpenConnection {
  readonly dialect: Dialect;
}

/** How to open it. */
export interface OpenOptions {
  /** Whether the command changes it, and so bypasses a pooler. */
  readonly changes: boolean;
  /** Whether a missing SQLite file may be created. Default false: it would be empty. */
  readonly create?: boolean;
  readonly report?: Report;
  /** Default: as configured. */
  readonly lockWaitMilliseconds?: number | undefined;
}

/** Like `withConnection`, for a `body` that needs the dialect. */
export function withDatabase<Result>(
  environment: Environment,
  options: OpenOptions,
  body: (open: OpenDatabase) => Promise<Result>,
): Promise<Result> {
  return withConnection(
    environment,
    options,
    async (open) => await body({ ...open, dialect: await loadDialect(open.database.dialect) }),
  );
}

/**
 * Opens the project's database, runs `body` with it, and closes it however `body` ends. A command
 * that changes it bypasses a pooler if a direct URL is configured.
 *
 * @throws {ToolError} `database/refused` if it is not the database that the configuration expects.
 */
export async function withConnection<Result>(
  environment: Environment,
  { changes, create = false, report, lockWaitMilliseconds }: OpenOptions,
  body: (open: OpenConnection) => Promise<Result>,
): Promise<Result> {
  const { config, context } = environment;
  const url = config.databaseUrl();
  const options: ConnectOptions = {
    create,
    foreignKeys: config.foreignKeys,
    lockWaitMilliseconds: lockWaitMilliseconds ?? config.lockWaitMilliseconds,
    applicationName: "migrate",
    ...(context.signal && { signal: context.signal }),
    ...(report && {
      onNotice: (text: string) => report({ kind: "notice", text }),
      onLocked: (holder: string) => report({ kind: "locked", holder }),
    }),
  };
  await using opened = await connectWhenUp(url, options, environment);
  const direct = changes && opened.connection.pooled ? config.directUrl() : undefined;
  if (direct !== undefined) {
    const { openDirectly } = await import("./open_directly.ts");
    await using around = await openDirectly(opened, url, direct, options);
    return await inside(around, direct);
  }
  return await inside(opened, url);

  async function inside(database: Database, url: DatabaseUrl): Promise<Result> {
    if (config.expectDatabase !== undefined || config.role !== undefined) {
      const { prepareSession } = await import("./prepare_session.ts");
      await prepareSession(database.connection, url, config);
    }
    using _ = cancelWhenAborted(database.connection, context.signal);
    return await body({ database, url, shown: formatDatabaseUrl(url) });
  }
}

/** Returns the dialect `name`, loaded on demand: a command needs only one. */
export async function loadDialect(name: Dialect["name"]): Promise<Dialect> {
  return name === "postgres"
    ? (await import("../../dialect/postgres/dialect.ts")).postgres
    : (await import("../../dialect/sqlite/dialect.ts")).sqlite;
}

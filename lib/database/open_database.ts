import type { DialectName } from "../dialect/dialect.ts";
import type { Connection, ConnectOptions, DatabaseUrl } from "../driver/driver.ts";
import { dialectOf } from "./dialect_of.ts";

/** A connection, and the language that its server speaks. */
export interface Database extends AsyncDisposable {
  readonly connection: Connection;
  readonly dialect: DialectName;
}

/**
 * Connects to `url`. Each driver is loaded only where the URL needs it: start-up time is most of what a
 * small command takes.
 *
 * @throws {ToolError} `database/unreachable` if there is no session to be had, `lock/busy` if a SQLite file stays locked.
 */
export async function openDatabase(url: DatabaseUrl, options: ConnectOptions): Promise<Database> {
  const connection = await connect(url, options);
  return {
    connection,
    dialect: dialectOf(url),
    [Symbol.asyncDispose]: () => connection[Symbol.asyncDispose](),
  };
}

async function connect(url: DatabaseUrl, options: ConnectOptions): Promise<Connection> {
  switch (url.kind) {
    case "postgres":
      return await (await import("../driver/postgres/postgres.ts")).postgresDriver.connect(
        url,
        options,
      );
    case "sqlite":
      return await (await import("../driver/sqlite/sqlite.ts")).sqliteDriver.connect(url, options);
    case "libsql":
      return await (await import("../driver/libsql/libsql.ts")).libsqlDriver.connect(url, options);
  }
}

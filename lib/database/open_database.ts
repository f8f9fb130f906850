import type { DialectName } from "../dialect/dialect.ts";
import type { Connection, ConnectOptions, DatabaseUrl } from "../driver/driver.ts";
import { dialectOf } from "./dialect_of.ts";

/** A connection, and the dialect of its server. */
export interface Database extends AsyncDisposable {
  readonly connection: Connection;
  readonly dialect: DialectName;
}

/**
 * Connects to `url`. Each driver is loaded only if the URL needs it, since small commands spend most of
 * their time starting up.
 *
 * @throws {ToolError} `database/unreachable` if no session can be opened, `lock/busy` if a SQLite file
 * stays locked.
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

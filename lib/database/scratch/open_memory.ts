import { cancelWhenAborted } from "../../driver/cancel_when_aborted.ts";
import { sqliteDriver } from "../../driver/sqlite/sqlite.ts";
import type { Scratch } from "./scratch.ts";

/** Returns a SQLite scratch database in memory. */
export async function openMemory(signal: AbortSignal | undefined): Promise<Scratch> {
  const connection = await sqliteDriver.connect({ kind: "sqlite", path: ":memory:" }, {
    create: true,
  });
  const cancelling = cancelWhenAborted(connection, signal);
  const [row] = await connection.query({ sql: "SELECT sqlite_version() AS version" });
  return {
    connection,
    dialect: "sqlite",
    kind: "memory",
    serverVersion: String(row?.["version"]),
    reset: async () => void await connection.query({ sql: "PRAGMA foreign_keys = OFF" }),
    [Symbol.asyncDispose]: () => {
      cancelling[Symbol.dispose]();
      return connection[Symbol.asyncDispose]();
    },
  };
}

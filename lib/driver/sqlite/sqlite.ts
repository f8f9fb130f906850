import { accessSync, constants, existsSync, type Stats, statSync } from "node:fs";
import { dirname } from "node:path";
import Database from "libsql";
import { ToolError } from "../../error.ts";
import type { Connection, ConnectOptions, DatabaseUrl, Driver } from "../driver.ts";
import { SqliteConnection } from "./sqlite_connection.ts";

/**
 * SQLite files and `:memory:`. Uses the library that `@libsql/client` opens files with, synchronously:
 * a promise per statement would double the duration of a run.
 */
export const sqliteDriver: Driver<"sqlite"> = { kind: "sqlite", connect };

async function connect(
  { path }: Extract<DatabaseUrl, { kind: "sqlite" }>,
  options: ConnectOptions,
): Promise<Connection> {
  const connection = new SqliteConnection(open(path, options.create), path, options);
  try {
    // Opening does not read the file yet; this reads its header.
    await connection.query({ sql: "PRAGMA schema_version" });
    return connection;
  } catch (error) {
    await connection[Symbol.asyncDispose]();
    if (error instanceof ToolError && error.code === "lock/busy") throw error;
    const hint = error instanceof ToolError ? error.facts.hint : undefined;
    throw cannotOpen(path, reason(error), hint ?? "Name a SQLite file in the database URL", error);
  }
}

function open(path: string, create: boolean): Database.Database {
  if (path === ":memory:") return new Database(path);
  const found = statistics(path);
  // The library creates any file that it opens.
  if (found === undefined && !create) return new Database(":memory:");
  if (found === undefined && !existsSync(dirname(path))) {
    throw cannotOpen(path, "its folder does not exist", `Create it: mkdir -p ${dirname(path)}`);
  }
  if (found?.isDirectory()) {
    throw cannotOpen(path, "it is a directory", "Name a file in it in the database URL");
  }
  try {
    if (found !== undefined) accessSync(path, constants.R_OK);
    return new Database(path, { timeout: busyMilliseconds });
  } catch (cause) {
    throw cannotOpen(path, reason(cause), checkOwner, cause);
  }
}

function statistics(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (cause) {
    throw cannotOpen(path, reason(cause), checkOwner, cause);
  }
}

const checkOwner = "Check who owns the file and its folder";

/**
 * While SQLite itself waits, everything else is blocked; we do the rest of the waiting, between
 * attempts.
 */
const busyMilliseconds = 50;

function cannotOpen(path: string, found: string, hint: string, cause?: unknown): ToolError {
  return new ToolError(
    "database/unreachable",
    `Cannot open the SQLite database "${path}": ${found}`,
    {
      hint,
      cause,
    },
  );
}

function reason(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  // SQLITE_CANTOPEN, for which the library gives no other message.
  if (/: 14"\)$/.test(message)) return "it cannot be read or created there";
  if (/ENOTDIR/.test(message)) return "its folder is a file";
  return /EACCES/.test(message) ? "permission is denied" : message;
}

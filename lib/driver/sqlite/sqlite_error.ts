import type { Statement } from "../../sql/statement.ts";
import { DatabaseError } from "../database_error.ts";

/** Returns the code of SQLite's error by name, or `undefined` if it is another's. */
export function sqliteCode(error: unknown): string | undefined {
  const isError = typeof error === "object" && error !== null && "code" in error;
  return isError && typeof error.code === "string" ? error.code : undefined;
}

/** Whether SQLite answered `error`, rather than the library or a signal. */
export function isSqliteError(error: unknown): boolean {
  return sqliteCode(error)?.startsWith("SQLITE_") ?? false;
}

/** Whether another connection is in the way. */
export function isBusy(error: unknown): boolean {
  return /^SQLITE_(BUSY|LOCKED)/.test(sqliteCode(error) ?? "");
}

/** Returns what SQLite answered to `statement`. */
export function sqliteError(
  error: unknown,
  statement: Statement,
  index: number | undefined,
): DatabaseError {
  const message = error instanceof Error ? error.message : String(error);
  return new DatabaseError({
    message,
    sqlState: sqliteCode(error),
    position: positionOf(message, statement.sql),
    statement,
    index,
  }, { cause: error });
}

/**
 * Returns where the word that SQLite complains of stands, from 1, if the statement has it only once: the
 * libraries do not pass on `sqlite3_error_offset`.
 */
export function positionOf(message: string, sql: string): number | undefined {
  const word = /^near "(.+)": syntax error$/s.exec(message)?.[1] ??
    /^no such (?:column|table|function|module|collation sequence): (?:\w+\.)*(\S+)$/.exec(message)
      ?.[1];
  if (word === undefined) return undefined;
  const escaped = word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const edge = /^\w+$/.test(word) ? "\\b" : "";
  const [first, second] = sql.matchAll(new RegExp(edge + escaped + edge, "gi"));
  return first === undefined || second !== undefined ? undefined : first.index + 1;
}

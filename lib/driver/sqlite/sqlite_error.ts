import type { Statement } from "../../sql/statement.ts";
import { DatabaseError } from "../database_error.ts";

/** Returns the name of SQLite's error code, or `undefined` if `error` has no code. */
export function sqliteCode(error: unknown): string | undefined {
  const isError = typeof error === "object" && error !== null && "code" in error;
  return isError && typeof error.code === "string" ? error.code : undefined;
}

/** Says whether `error` is from SQLite, rather than from the library or a signal. */
export function isSqliteError(error: unknown): boolean {
  return sqliteCode(error)?.startsWith("SQLITE_") ?? false;
}

/** Says whether another connection holds a lock. */
export function isBusy(error: unknown): boolean {
  return /^SQLITE_(BUSY|LOCKED)/.test(sqliteCode(error) ?? "");
}

/** Returns SQLite's error for `statement`. */
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
 * Returns the position, from 1, of the word that SQLite complains about, if it occurs only once in the
 * statement: the libraries do not expose `sqlite3_error_offset`.
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

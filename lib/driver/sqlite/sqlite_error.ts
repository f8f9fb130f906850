import type { Statement } from "../../sql/statement.ts";
import { DatabaseError } from "../database_error.ts";

/** Returns the name of SQLite's error code, or `undefined` if `error` has no code. */
export function sqliteCode(error: unknown): string | undefined {
  const isError = typeof error === "object" && error !== null && "code" in error;
  if (!isError || typeof error.code !== "string") return undefined;
  // The library has no names for newer extended codes, whose lowest byte is the primary code.
  const unnamed = /^UNKNOWN_SQLITE_ERROR_(\d+)$/.exec(error.code)?.[1];
  return unnamed === undefined
    ? error.code
    : `SQLITE_${primary[Number(unnamed) & 0xff] ?? "ERROR"}`;
}

/** The names of the primary codes, from 0. */
const primary =
  "OK ERROR INTERNAL PERM ABORT BUSY LOCKED NOMEM READONLY INTERRUPT IOERR CORRUPT NOTFOUND FULL CANTOPEN PROTOCOL EMPTY SCHEMA TOOBIG CONSTRAINT MISMATCH MISUSE NOLFS AUTH FORMAT RANGE NOTADB"
    .split(" ");

/** Says whether `error` is from SQLite, rather than from the library or a signal. */
export function isSqliteError(error: unknown): boolean {
  return sqliteCode(error)?.startsWith("SQLITE_") ?? false;
}

/** Says whether another connection holds a lock. */
export function isBusy(error: unknown): boolean {
  return /^SQLITE_(BUSY|LOCKED)/.test(sqliteCode(error) ?? "");
}

/** Says whether it was the file that SQLite could not read or write. */
export function isFileError(error: unknown): boolean {
  return /^SQLITE_(READONLY|IOERR|CANTOPEN|CORRUPT)/.test(sqliteCode(error) ?? "");
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
  }, { cause: error, hint: fileHint(sqliteCode(error)) });
}

/** Returns what to do about the database's file, if that is what the result code `code` is about. */
export function fileHint(code = ""): string | undefined {
  return fileHints.find(([pattern]) => pattern.test(code))?.[1];
}

const fileHints: readonly (readonly [code: RegExp, hint: string])[] = [
  [
    /^SQLITE_(READONLY|CANTOPEN)/,
    "Check who may write to the file and its folder: a database in WAL mode needs that even to be read",
  ],
  [
    /^SQLITE_CORRUPT/,
    "Restore a backup, or save what can still be read: sqlite3 FILE .recover | sqlite3 NEWFILE",
  ],
  [/^SQLITE_FULL/, "Free space on the database's disk; what failed was rolled back"],
  [/^SQLITE_NOTADB/, "Name a SQLite file in the database URL"],
];

/**
 * Returns the position, from 1, of the word that SQLite complains about, if it occurs only once in the
 * statement: the libraries do not expose `sqlite3_error_offset`.
 */
export function positionOf(message: string, sql: string): number | undefined {
  const word = /^near "(.+)": syntax error$/s.exec(message)?.[1] ??
    /^no such (?:column|table|function|module|collation sequence): (?:\w+\.)*(\S+)$/.exec(message)
      ?.[1] ??
    /^no value is given for (.+)$/.exec(message)?.[1];
  if (word === undefined) return undefined;
  const escaped = word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const edge = /^\w+$/.test(word) ? "\\b" : "";
  const [first, second] = sql.matchAll(new RegExp(edge + escaped + edge, "gi"));
  return first === undefined || second !== undefined ? undefined : first.index + 1;
}

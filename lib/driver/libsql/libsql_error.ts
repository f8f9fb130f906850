import { Buffer } from "node:buffer";
import { ToolError } from "../../error.ts";
import type { Statement } from "../../sql/statement.ts";
import { DatabaseError } from "../database_error.ts";
import { requestFailure } from "./request_failure.ts";
import { fileHint, positionOf, sqliteCode } from "../sqlite/sqlite_error.ts";

/** Says whether the server could not parse the SQL, and so refused the whole message. */
export function isUnparsable(error: unknown): boolean {
  return /^SQL_(PARSE_ERROR|MANY_STATEMENTS|NO_STATEMENT)$/.test(sqliteCode(error) ?? "");
}

/**
 * Returns the server's error for one of `statements`, as SQLite itself would have reported it. `index`
 * is for errors that do not contain theirs. An error that belongs to none of several statements, such
 * as that of the COMMIT after them, has neither an index nor a statement. What failed before it was sent is
 * returned unchanged.
 */
export function libsqlError(
  error: unknown,
  statements: readonly Statement[],
  index: number | undefined,
): Error {
  if (error instanceof ToolError) return error; // nothing was sent
  const code = sqliteCode(error);
  if (!/^(SQL|ARGS_|TRANSACTION_|STREAM_)/.test(code ?? "")) return lost(error);
  const failed = index ?? statementIndex(error) ?? (statements.length === 1 ? 0 : undefined);
  const statement = (failed === undefined ? undefined : statements[failed]) ?? { sql: "" };
  const serverMessage = rootMessage(error);
  const message = serverMessage.replace(/ \(at offset \d+\)$/, "");
  return new DatabaseError({
    message,
    sqlState: extendedCode(code, message),
    position: serverPosition(serverMessage, statement.sql) ?? positionOf(message, statement.sql),
    statement,
    index: statements.length > 1 || index !== undefined ? failed : undefined,
  }, { cause: error, hint: abortedHint(code) ?? fileHint(code) });
}

function abortedHint(code = ""): string | undefined {
  if (code.startsWith("STREAM_")) {
    return "It was rolled back, and nothing is half done: the server ends a transaction that is idle for ten seconds; do slow work before its first query";
  }
  if (code.startsWith("TRANSACTION_")) {
    return "It was rolled back, and nothing is half done: the server ends a transaction after five seconds when another writer waits; do less in each, or run again when nothing else writes";
  }
  return undefined;
}

function lost(cause: unknown): ToolError {
  const message = `Lost the connection to libSQL: ${requestFailure(cause).found}`;
  return new ToolError("database/unreachable", message, {
    hint: "What was not committed has been undone; run the command again",
    cause,
  });
}

function statementIndex(error: unknown): number | undefined {
  const isBatchError = typeof error === "object" && error !== null && "statementIndex" in error;
  return isBatchError && typeof error.statementIndex === "number"
    ? error.statementIndex
    : undefined;
}

/** The client prepends its code to the message of each error that it wraps. */
function rootMessage(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error
    ? rootMessage(error.cause)
    : error.message.replace(/^(SQLite error|SQL input error|SQL string could not be parsed): /, "");
}

/** The server only reports the primary code. */
function extendedCode(code: string | undefined, message: string): string | undefined {
  if (code === "SQLITE_UNKNOWN" || /^(SQL|ARGS)_/.test(code ?? "")) return "SQLITE_ERROR";
  if (code !== "SQLITE_CONSTRAINT") return code;
  const kind = /^(UNIQUE|NOT NULL|CHECK|FOREIGN KEY) constraint failed/.exec(message)?.[1];
  return kind === undefined ? code : `${code}_${kind.replace(" ", "")}`;
}

/**
 * The server's own parser reports ``around L1:6: `insrt` `` or
 * `near INTO, "None": syntax error at (1, 6)`: the line, and the byte after the word, counted from 1. SQLite
 * behind it reports `(at offset 5)`.
 */
function serverPosition(message: string, sql: string): number | undefined {
  const offset = /\(at offset (\d+)\)$/.exec(message)?.[1];
  if (offset !== undefined) return beforeByte(sql, Number(offset)).length + 1;
  const [, line, column] = /\b(?:L|at \()(\d+)(?::|, )(\d+)/.exec(message) ?? [];
  if (line === undefined || column === undefined) return undefined;
  const above = sql.split("\n").slice(0, Number(line) - 1).map((it) => `${it}\n`).join("");
  const read = above + beforeByte(sql.slice(above.length), Number(column) - 1);
  return read.length - (/(?:\w+|[^\w\s])?$/.exec(read)?.[0].length ?? 0) + 1;
}

function beforeByte(text: string, byte: number): string {
  return Buffer.from(text).subarray(0, byte).toString();
}

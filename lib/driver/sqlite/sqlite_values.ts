import { anyOf, sqliteWholes, unclosedComment } from "../../sql/lexemes.ts";
import type { Row, Statement, Value } from "../../sql/statement.ts";

/**
 * The types that SQLite's libraries bind: they have no boolean, and take every JavaScript number for a
 * real.
 */
export type SqliteParameter = null | number | bigint | string | Uint8Array;

/**
 * Returns the values to bind to `$1`, `$2` …, by name without the `$`.
 *
 * @throws {UnnamedValueError} If a placeholder in the text has no name: the library would end the
 * process over it.
 */
export function sqliteParameters(
  { sql, parameters = [] }: Statement,
): Record<string, SqliteParameter> {
  if (sql.includes("?") && hasUnnamed(sql)) throw new UnnamedValueError();
  return Object.fromEntries(parameters.map((it, index) => [String(index + 1), parameter(it)]));
}

/** Reported like SQLite's own errors, with the statement. */
class UnnamedValueError extends Error {
  override readonly name = "UnnamedValueError";
  readonly code = "SQLITE_MISUSE";

  constructor() {
    super("a value is written $1, not ?");
  }
}

function hasUnnamed(sql: string): boolean {
  for (const [text] of sql.matchAll(questionMark)) if (text === "?") return true;
  return false;
}

/** Tokens in which a question mark is not a placeholder, and last, a placeholder. */
const questionMark = anyOf(...sqliteWholes, unclosedComment, String.raw`\?\d*`);

function parameter(value: Value): SqliteParameter {
  if (typeof value === "boolean") return value ? 1n : 0n;
  return typeof value === "number" && Number.isSafeInteger(value) ? BigInt(value) : value;
}

/**
 * Returns a row in the format of all drivers; the library's has bigints for integers and buffers for
 * blobs.
 */
export function sqliteRow(row: object): Row {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plain(value)]));
}

function plain(value: unknown): unknown {
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  if (typeof value !== "bigint") return value;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

import { sqliteInteger } from "../../sql/sqlite_integer.ts";
import type { Row, Statement, Value } from "../../sql/statement.ts";
import { unboundParameter } from "./unbound_parameter.ts";

/**
 * The types that SQLite's libraries bind: they have no boolean, and take every JavaScript number for a
 * real.
 */
export type SqliteParameter = null | number | bigint | string | Uint8Array;

/**
 * Returns the values to bind to `$1`, `$2` …, by name without the `$`.
 *
 * @throws {UnboundError} If a parameter in the text has no value: it would be NULL. Over one without a
 * name, the library would even end the process.
 * @throws {ToolError} `operation/invalid` for an integer that SQLite cannot hold.
 */
export function sqliteParameters(
  { sql, parameters = [] }: Statement,
): Record<string, SqliteParameter> {
  refuseUnbound(sql, parameters.length);
  return Object.fromEntries(parameters.map((it, index) => [String(index + 1), parameter(it)]));
}

/**
 * @param count How many values there are.
 * @throws {UnboundError} If a parameter in `sql` has none of them.
 */
export function refuseUnbound(sql: string, count: number): void {
  const parameter = unboundParameter(sql, count);
  if (parameter !== undefined) throw new UnboundError(parameter, count);
}

/** Reported like SQLite's own errors, with the statement. */
class UnboundError extends Error {
  override readonly name = "UnboundError";
  readonly code = "SQLITE_MISUSE";

  constructor(parameter: string, count: number) {
    super(
      parameter === "?" && count > 0
        ? "a value is written $1, not ?"
        : `no value is given for ${parameter}`,
    );
  }
}

function parameter(value: Value): SqliteParameter {
  if (typeof value === "bigint") return sqliteInteger(value);
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

import type { Row, Value } from "../sql/statement.ts";

/** What SQLite's libraries bind: they have no boolean, and take every JavaScript number for a real. */
export type SqliteParameter = null | number | bigint | string | Uint8Array;

/** Returns what to bind to `$1`, `$2` …, by their names without the sign. */
export function sqliteParameters(values: readonly Value[]): Record<string, SqliteParameter> {
  return Object.fromEntries(values.map((it, index) => [String(index + 1), parameter(it)]));
}

function parameter(value: Value): SqliteParameter {
  if (typeof value === "boolean") return value ? 1n : 0n;
  return typeof value === "number" && Number.isSafeInteger(value) ? BigInt(value) : value;
}

/** Returns a row whose integers are bigints and whose blobs are buffers as the driver has them. */
export function sqliteRow(row: object): Row {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plain(value)]));
}

function plain(value: unknown): unknown {
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  if (typeof value !== "bigint") return value;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

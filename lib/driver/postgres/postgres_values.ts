import type { Value } from "../../sql/statement.ts";

/**
 * How PostgreSQL's values are parsed, by type. Other types stay text, as written by the server: a
 * timestamp keeps its microseconds and a numeric its digits, and both can be sent back unchanged.
 */
export const postgresTypes = {
  string: { to: 25, from: [25], serialize: String, parse: (text: string): string => text },
  number: { to: 0, from: [21, 23, 26, 700, 701], serialize: String, parse: Number },
  bigint: { to: 20, from: [20], serialize: String, parse: parseInt8 },
  boolean: {
    to: 16,
    from: [16],
    serialize: (it: unknown): string => String(it),
    parse: (text: string): boolean => text === "t",
  },
  // Text that is sent is the JSON document itself, not a JSON string.
  json: {
    to: 114,
    from: [114, 3802],
    serialize: String,
    parse: (text: string): unknown => JSON.parse(text),
  },
  date: {
    to: 1184,
    from: [1082, 1114, 1184],
    serialize: String,
    parse: (text: string): string => text,
  },
  bytea: { to: 17, from: [17], serialize: serializeBytes, parse: parseBytes },
};

/** Returns `value` as the library can send it; the server determines the type. */
export function postgresParameter(value: Value): null | boolean | string | Uint8Array {
  return typeof value === "number" || typeof value === "bigint" ? String(value) : value;
}

function parseInt8(text: string): number | bigint {
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : BigInt(text);
}

function serializeBytes(value: unknown): string {
  return value instanceof Uint8Array ? `\\x${Buffer.from(value).toString("hex")}` : String(value);
}

function parseBytes(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text.slice(2), "hex"));
}

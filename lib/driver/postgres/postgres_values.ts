import type { Value } from "../../sql/statement.ts";

/**
 * How PostgreSQL's values are read, by type. What is not here is text, as the server writes it: a
 * timestamp keeps its microseconds, a numeric its digits, and either can be sent back as it came.
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
  // A text that is sent is the document itself, not a string in one.
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

/** Returns what the library can send as `value`; the server decides on the type. */
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

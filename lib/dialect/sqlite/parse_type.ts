import type { ColumnType } from "../../schema/types.ts";

/** Returns the type of a column declared as `declared`; a type without a kind of its own stays as written. */
export function parseType(declared: string): ColumnType {
  const text = declared.trim().toUpperCase();
  const plain = plainTypes.get(text);
  if (plain) return plain;
  const [, name, first, second] = /^(\w+)\s*\(\s*(\d+)\s*(?:,\s*(-?\d+)\s*)?\)$/.exec(text) ?? [];
  if (name === "VARCHAR" && first !== undefined) return { kind: "string", length: Number(first) };
  if (name === "NUMERIC" && first !== undefined) {
    return {
      kind: "numeric",
      precision: Number(first),
      ...(second !== undefined && { scale: Number(second) }),
    };
  }
  return { kind: "native", sql: declared };
}

const plainTypes: ReadonlyMap<string, ColumnType> = new Map<string, ColumnType>([
  ["SMALLINT", { kind: "integer", bits: 16 }],
  ["INTEGER", { kind: "integer", bits: 32 }],
  ["BIGINT", { kind: "integer", bits: 64 }],
  ["REAL", { kind: "float", bits: 32 }],
  ["DOUBLE", { kind: "float", bits: 64 }],
  ["NUMERIC", { kind: "numeric" }],
  ["VARCHAR", { kind: "string" }],
  ["TEXT", { kind: "text" }],
  ["BOOLEAN", { kind: "boolean" }],
  ["DATE", { kind: "date" }],
  ["TIME", { kind: "time", timezone: false }],
  ["DATETIME", { kind: "timestamp", timezone: false }],
  ["JSON", { kind: "json", binary: false }],
  ["CHAR(36)", { kind: "uuid" }],
  ["BLOB", { kind: "binary" }],
]);

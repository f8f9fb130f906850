import type { ColumnType } from "../../schema/types.ts";

/** Returns the type that `format_type` writes as `text`; a type without a kind of its own stays as written. */
export function parseType(text: string): ColumnType {
  if (text.endsWith("[]")) return { kind: "array", of: parseType(text.slice(0, -2)) };
  const plain = plainTypes.get(text);
  if (plain) return plain;
  const [, name, first, second, zone] =
    /^([a-z ]+?)(?:\((\d+)(?:,(-?\d+))?\))?( with(?:out)? time zone)?$/.exec(text) ?? [];
  switch (name) {
    case "character varying":
      return { kind: "string", ...(first !== undefined && { length: Number(first) }) };
    case "numeric":
      return {
        kind: "numeric",
        ...(first !== undefined && { precision: Number(first) }),
        ...(second !== undefined && second !== "0" && { scale: Number(second) }),
      };
    case "timestamp":
      return {
        kind: "timestamp",
        timezone: zone === " with time zone",
        ...(first !== undefined && { precision: Number(first) }),
      };
    default:
      return { kind: "native", sql: text };
  }
}

const plainTypes: ReadonlyMap<string, ColumnType> = new Map<string, ColumnType>([
  ["smallint", { kind: "integer", bits: 16 }],
  ["integer", { kind: "integer", bits: 32 }],
  ["bigint", { kind: "integer", bits: 64 }],
  ["real", { kind: "float", bits: 32 }],
  ["double precision", { kind: "float", bits: 64 }],
  ["text", { kind: "text" }],
  ["boolean", { kind: "boolean" }],
  ["date", { kind: "date" }],
  ["time without time zone", { kind: "time", timezone: false }],
  ["time with time zone", { kind: "time", timezone: true }],
  ["interval", { kind: "interval" }],
  ["json", { kind: "json", binary: false }],
  ["jsonb", { kind: "json", binary: true }],
  ["uuid", { kind: "uuid" }],
  ["bytea", { kind: "binary" }],
]);

/** Returns the type that a declaration may write as `text`: the server knows more names than it shows. */
export function parseDeclaredType(text: string): ColumnType {
  return parseType(declaredTypeText(text));
}

/** Returns what `format_type` writes for it; anything but a plain name stays as written. */
export function declaredTypeText(text: string): string {
  const spaced = text.trim().toLowerCase().replaceAll(/\s+/g, " ").replaceAll(/ ?([(,)]) ?/g, "$1");
  const [, name = "", digits = "", rest = ""] =
    /^([a-z][a-z0-9 ]*?)(\([\d,]*\))?((?: with(?:out)? time zone)?(?:\[\])*)$/.exec(spaced) ?? [];
  const [word = name, zone = ""] = aliases.get(name) ?? [];
  const isZoned = rest.includes("time zone");
  return name === "" ? text.trim() : `${word}${digits}${isZoned ? "" : zone}${rest}`;
}

/** https://www.postgresql.org/docs/current/datatype.html#DATATYPE-TABLE */
const aliases: ReadonlyMap<string, readonly [word: string, zone?: string]> = new Map([
  ["int", ["integer"]],
  ["int2", ["smallint"]],
  ["int4", ["integer"]],
  ["int8", ["bigint"]],
  ["float4", ["real"]],
  ["float8", ["double precision"]],
  ["float", ["double precision"]],
  ["bool", ["boolean"]],
  ["decimal", ["numeric"]],
  ["varchar", ["character varying"]],
  ["char", ["character"]],
  ["bpchar", ["character"]],
  ["varbit", ["bit varying"]],
  ["time", ["time", " without time zone"]],
  ["timetz", ["time", " with time zone"]],
  ["timestamptz", ["timestamp", " with time zone"]],
]);

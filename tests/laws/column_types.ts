import type { ColumnType } from "../../lib/schema/types.ts";
import type { DialectName } from "../../lib/dialect/dialect.ts";

/** A type, with a default and a value for a column of it. */
export interface TypeSample {
  readonly type: ColumnType;
  readonly default: string;
  readonly value: unknown;
  /** Whether PostgreSQL can compare such values, as keys and indexes require. */
  readonly comparable: boolean;
}

const number = { default: "7", value: 7, comparable: true };
const word = { default: "'it''s'", value: "it's", comparable: true };
const day = { default: "'2026-01-08'", value: "2026-01-08", comparable: true };
const clock = { default: "'14:30:00'", value: "14:30:00", comparable: true };
const moment = { default: "CURRENT_TIMESTAMP", value: new Date(0), comparable: true };
const object = { default: `'{"a": 1}'`, value: { a: 1 } };
const id = "0d9c5b0c-4c3e-4f0e-8d6e-3f0a8f7b1c2d";

/** Examples of every kind of type: omitting a kind does not compile. */
const samples: { readonly [Kind in ColumnType["kind"]]: readonly TypeSample[] } = {
  integer: ([16, 32, 64] as const).map((bits) => ({ type: { kind: "integer", bits }, ...number })),
  numeric: [
    { type: { kind: "numeric" }, ...number },
    { type: { kind: "numeric", precision: 9 }, ...number },
    { type: { kind: "numeric", precision: 9, scale: 2 }, ...number },
  ],
  float: ([32, 64] as const).map((bits) => ({ type: { kind: "float", bits }, ...number })),
  string: [
    { type: { kind: "string" }, ...word },
    { type: { kind: "string", length: 40 }, ...word },
  ],
  text: [{ type: { kind: "text" }, ...word }],
  boolean: [{ type: { kind: "boolean" }, default: "TRUE", value: true, comparable: true }],
  date: [{ type: { kind: "date" }, ...day }],
  time: [true, false].map((timezone) => ({ type: { kind: "time", timezone }, ...clock })),
  timestamp: [
    { type: { kind: "timestamp", timezone: true }, ...moment },
    { type: { kind: "timestamp", timezone: false, precision: 3 }, ...moment },
  ],
  interval: [{ type: { kind: "interval" }, default: "'1 day'", value: "1 day", comparable: true }],
  json: [
    { type: { kind: "json", binary: false }, ...object, comparable: false },
    { type: { kind: "json", binary: true }, ...object, comparable: true },
  ],
  uuid: [{ type: { kind: "uuid" }, default: `'${id}'`, value: id, comparable: true }],
  binary: [{
    type: { kind: "binary" },
    default: "''",
    value: new Uint8Array([0, 255]),
    comparable: true,
  }],
  array: [{
    type: { kind: "array", of: { kind: "integer", bits: 32 } },
    default: "'{1,2}'",
    value: "{1,2}",
    comparable: true,
  }],
  enum: [{
    type: { kind: "enum", name: { name: "mood" }, values: ["sad", "it's ok"] },
    default: "'sad'",
    value: "it's ok",
    comparable: true,
  }],
  native: [{
    type: { kind: "native", sql: "CHAR(3)" },
    default: "'abc'",
    value: "abc",
    comparable: true,
  }],
};

/** Returns at least one example of each type that a column can have. */
export function typeSamples(dialect: DialectName): readonly [TypeSample, ...TypeSample[]] {
  const { array, integer, ...others } = samples;
  const all = [...Object.values(others).flat(), ...dialect === "postgres" ? array : []];
  const [first, ...rest] = integer;
  if (first === undefined) throw new Error("no example of an integer");
  return [first, ...rest, ...all];
}

export const columnTypeKinds: readonly string[] = Object.keys(samples);

import type { ColumnType } from "../schema/types.ts";

/** The types that every database spells alike. */
export type CommonType = Extract<
  ColumnType,
  { kind: "integer" | "numeric" | "string" | "text" | "boolean" | "date" | "native" }
>;

/** Returns the spelling of `type` that every database accepts. */
export function commonTypeName(type: CommonType): string {
  switch (type.kind) {
    case "integer":
      return integers[type.bits];
    case "numeric": {
      const digits = [type.precision, type.scale].filter((it) => it !== undefined);
      return digits.length === 0 ? "NUMERIC" : `NUMERIC(${digits.join(", ")})`;
    }
    case "string":
      return type.length === undefined ? "VARCHAR" : `VARCHAR(${type.length})`;
    case "text":
      return "TEXT";
    case "boolean":
      return "BOOLEAN";
    case "date":
      return "DATE";
    case "native":
      return type.sql;
  }
}

const integers = { 16: "SMALLINT", 32: "INTEGER", 64: "BIGINT" } as const;

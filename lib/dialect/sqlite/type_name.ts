import { ToolError } from "../../error.ts";
import type { ColumnType } from "../../schema/types.ts";
import { commonTypeName } from "../common_type.ts";
import { affinityOf } from "./affinity.ts";

/**
 * Returns SQLite's name of `type`. Each name gives its column the right affinity, by the rules of
 * https://www.sqlite.org/datatype3.html#determination_of_column_affinity
 *
 * @throws {ToolError} `operation/unsupported` if SQLite has nothing like it.
 */
export function typeName(
  type: ColumnType,
  { strict = false }: { readonly strict?: boolean } = {},
): string {
  const name = looseName(type);
  return strict && type.kind !== "native" ? strictNames[type.kind] ?? affinityOf(name) : name;
}

function looseName(type: ColumnType): string {
  switch (type.kind) {
    case "float":
      return type.bits === 32 ? "REAL" : "DOUBLE";
    case "time":
      return "TIME";
    case "timestamp":
      return "DATETIME";
    case "interval":
      return "TEXT";
    case "json":
      return "JSON";
    case "uuid":
      return "CHAR(36)";
    case "binary":
      return "BLOB";
    case "enum":
      return `VARCHAR(${Math.max(1, ...type.values.map((it) => [...it].length))})`;
    case "array":
      throw new ToolError(
        "operation/unsupported",
        "Cannot create an array on SQLite: it has none",
        {
          hint: "Use json(), or a table of its own",
        },
      );
    default:
      return commonTypeName(type);
  }
}

/** A strict table has six types, none of them a date or a decimal number: https://www.sqlite.org/stricttables.html */
const strictNames: Partial<Record<ColumnType["kind"], string>> = {
  boolean: "INTEGER",
  numeric: "ANY",
  date: "TEXT",
  time: "TEXT",
  timestamp: "TEXT",
  json: "TEXT",
};

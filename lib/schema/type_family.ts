import { sameName } from "./qualified_name.ts";
import { sameData } from "./same_data.ts";
import type { ColumnType } from "./types.ts";

/** Says whether both are the same type. Enum types are compared by name, not by their values. */
export function sameType(a: ColumnType, b: ColumnType): boolean {
  if (a.kind === "array" && b.kind === "array") return sameType(a.of, b.of);
  if (a.kind === "enum" && b.kind === "enum") return sameName(a.name, b.name);
  return sameData(a, b);
}

/**
 * Says whether values of the two types have the same meaning and can be compared, so that a column can
 * change from one to the other together with its constraints and indexes.
 */
export function sameFamily(a: ColumnType, b: ColumnType): boolean {
  if (a.kind === "array" && b.kind === "array") return sameFamily(a.of, b.of);
  return sameType(a, b) || (familyOf(a) === familyOf(b) && familyOf(a) !== undefined);
}

/**
 * Says whether PostgreSQL compares values of the two types, of the same family, without converting either:
 * only then can a foreign key lead from one to the other in both directions.
 */
export function comparedAlike(a: ColumnType, b: ColumnType): boolean {
  if (a.kind === "array" && b.kind === "array") return comparedAlike(a.of, b.of);
  return familyOf(a) !== "number" || a.kind === b.kind;
}

function familyOf(type: ColumnType): string | undefined {
  switch (type.kind) {
    case "integer":
    case "numeric":
    case "float":
      return "number";
    case "string":
    case "text":
      return "text";
    case "timestamp":
      return "timestamp";
    case "time":
      return "time";
    case "native":
      return `native ${type.sql.replace(/\s*\(.*$/s, "").toLowerCase()}`;
    default:
      return undefined;
  }
}

import { isName } from "./is_name.ts";
import type { ColumnType } from "./types.ts";

/**
 * Returns why no database can have `type`, or undefined if it is valid. Revisions in JavaScript may
 * pass anything.
 */
export function typeProblem(type: unknown): string | undefined {
  if (type === undefined) return "it has no type";
  if (typeof type === "function") return "its type is a function: call it, as in integer()";
  if (typeof type === "string") {
    return `its type is a string: call a type, or write native("${type}")`;
  }
  return isType(type) ? partsProblem(type) : "its type is not a type: call one, such as integer()";
}

function partsProblem(type: ColumnType): string | undefined {
  switch (type.kind) {
    case "string":
      return isCount(type.length, 1) ? undefined : `its length is ${String(type.length)}`;
    case "numeric":
      if (!isCount(type.precision, 1)) return `its precision is ${String(type.precision)}`;
      if (!isCount(type.scale, -1000)) return `its scale is ${String(type.scale)}`;
      return type.scale === undefined || type.precision !== undefined
        ? undefined
        : "it has a scale but no precision";
    case "timestamp":
      return isCount(type.precision, 0) ? undefined : `its precision is ${String(type.precision)}`;
    case "array":
      return typeProblem(type.of);
    case "enum":
      return isName(type.name?.name) ? valuesProblem(type.values) : "its enumeration has no name";
    case "native":
      // A SQLite column may have an empty type.
      return typeof type.sql === "string" ? undefined : "its native type is not text";
    default:
      return undefined;
  }
}

/** Returns why no enumeration can have `values`. */
export function valuesProblem(values: readonly string[]): string | undefined {
  if (!Array.isArray(values) || !values.every((it) => typeof it === "string")) {
    return "its values are not a list of strings";
  }
  const twice = values.find((it, at) => values.indexOf(it) !== at);
  return twice === undefined ? undefined : `it has the value "${twice}" twice`;
}

function isCount(value: unknown, least: number): boolean {
  return value === undefined ||
    typeof value === "number" && Number.isInteger(value) && value >= least;
}

const kinds: Readonly<Record<ColumnType["kind"], true>> = {
  integer: true,
  numeric: true,
  float: true,
  string: true,
  text: true,
  boolean: true,
  date: true,
  time: true,
  timestamp: true,
  interval: true,
  json: true,
  uuid: true,
  binary: true,
  array: true,
  enum: true,
  native: true,
};

function isType(type: unknown): type is ColumnType {
  return typeof type === "object" && type !== null && "kind" in type &&
    typeof type.kind === "string" && Object.hasOwn(kinds, type.kind);
}

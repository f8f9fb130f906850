import type { ObjectKind } from "../../schema/schema.ts";

/**
 * Returns the name of the methods for objects of `kind` after `create` and `drop`; undefined if it has none
 * of its own.
 */
export function methodOf(kind: ObjectKind): string | undefined {
  return kind === "compositeType" || kind === "grant" || kind === "index"
    ? undefined
    : kind.charAt(0).toUpperCase() + kind.slice(1);
}

/** Returns the options that the method for creating objects of `kind` takes, besides those that describe them. */
export function optionsOf(kind: ObjectKind): readonly ("ifNotExists" | "replace")[] {
  switch (kind) {
    case "schema":
    case "extension":
    case "sequence":
      return ["ifNotExists"];
    case "view":
    case "function":
    case "procedure":
    case "trigger":
      return ["ifNotExists", "replace"];
    default:
      return [];
  }
}

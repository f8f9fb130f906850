import type { ObjectKind } from "../../schema/schema.ts";

/** Returns the names of the methods that create and drop objects of `kind`; undefined if it has none of its own. */
export function methodsOf(
  kind: ObjectKind,
): { readonly create: string; readonly drop: string } | undefined {
  switch (kind) {
    case "compositeType":
    case "index":
      return undefined;
    case "grant":
      return { create: "grant", drop: "revoke" };
    case "ownedSequence":
      return { create: "ownSequence", drop: "disownSequence" };
    default: {
      const name = kind.charAt(0).toUpperCase() + kind.slice(1);
      return { create: `create${name}`, drop: `drop${name}` };
    }
  }
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

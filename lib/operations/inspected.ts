import { qualifiedName } from "../schema/qualified_name.ts";
import type { Schema } from "../schema/schema.ts";
import { find } from "../schema/lookup.ts";
import type { InspectedSchema } from "./operations.ts";

/** Returns `schema` in the form that the body of a `run` gets. */
export function inspected(schema: Schema): InspectedSchema {
  return { ...schema, table: (name) => find(schema, qualifiedName(name)) };
}

import { qualifiedName } from "../schema/qualified_name.ts";
import type { Schema } from "../schema/schema.ts";
import { find } from "../schema/lookup.ts";
import type { InspectedSchema } from "./operations.ts";

/** Returns `schema` as the body of a `run` is given it. */
export function inspected(schema: Schema): InspectedSchema {
  return { ...schema, table: (name) => find(schema, qualifiedName(name)) };
}

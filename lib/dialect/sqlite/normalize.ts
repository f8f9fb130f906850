import type { Schema } from "../../schema/schema.ts";

export function normalize(schema: Schema): Schema {
  return schema;
}

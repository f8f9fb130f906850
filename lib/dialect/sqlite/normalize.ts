import type { Schema } from "../../schema/schema.ts";
import type { ColumnType } from "../../schema/types.ts";
import { normalizeSchema } from "../normalize_schema.ts";
import { typeName } from "../type_name.ts";
import { parseType } from "./parse_type.ts";

/** Returns `schema` in SQLite's spelling: several types are one there, and comments are none. */
export function normalize(schema: Schema): Schema {
  return normalizeSchema(schema, {
    type,
    identityKeys: false,
    keysNotNull: false,
    comments: false,
  });
}

function type(of: ColumnType): ColumnType {
  return parseType(typeName(of, "sqlite"));
}

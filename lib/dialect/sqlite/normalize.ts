import { countingKey } from "../../schema/counting_key.ts";
import type { Column, Schema, Table } from "../../schema/schema.ts";
import { normalizeSchema } from "../normalize_schema.ts";
import { localReference } from "./local_reference.ts";
import { parseType } from "./parse_type.ts";
import { typeName } from "./type_name.ts";

/** Returns `schema` in SQLite's spelling: several types are one there, and there are no comments. */
export function normalize(schema: Schema): Schema {
  return normalizeSchema(schema, normalizeTable);
}

function normalizeTable({ comment: _, ...table }: Table): Table {
  const key = countingKey(table);
  return {
    ...table,
    columns: table.columns.map((it) => it === key ? rowid(it) : normalizeColumn(it)),
    constraints: table.constraints.map((it) => localReference(it, table)),
  };
}

function rowid({ name }: Column): Column {
  return { name, type: { kind: "integer", bits: 32 }, nullable: false };
}

function normalizeColumn({ comment: _, ...column }: Column): Column {
  const { type, default: value } = column;
  return {
    ...column,
    type: parseType(typeName(type)),
    ...(value && { default: { sql: value.sql.trim() } }),
  };
}

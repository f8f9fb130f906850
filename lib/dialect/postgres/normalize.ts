import { countingKey } from "../../schema/counting_key.ts";
import type { Column, Schema, Table } from "../../schema/schema.ts";
import type { ColumnType } from "../../schema/types.ts";
import { normalizeSchema } from "../normalize_schema.ts";
import { nameConstraints } from "./name_constraints.ts";

/** Returns `schema` in PostgreSQL's spelling, but for expressions, which only the server can spell. */
export function normalize(schema: Schema): Schema {
  return normalizeSchema(schema, normalizeTable);
}

function normalizeTable(table: Table): Table {
  const key = countingKey(table);
  return {
    ...table,
    columns: table.columns.map((it) => normalizeColumn(it, it === key)),
    constraints: nameConstraints(table),
    indexes: table.indexes.map(({ using, ...it }) =>
      using === "btree" || !using ? it : { ...it, using }
    ),
  };
}

function normalizeColumn(column: Column, counts: boolean): Column {
  const identity = column.identity ?? (counts ? "byDefault" : undefined);
  return {
    ...column,
    type: normalizeType(column.type),
    ...(identity && { identity, nullable: false }),
  };
}

function normalizeType(type: ColumnType): ColumnType {
  if (type.kind === "array") return { kind: "array", of: normalizeType(type.of) };
  if (type.kind !== "numeric" || type.scale !== 0) return type;
  return { kind: "numeric", ...(type.precision !== undefined && { precision: type.precision }) };
}

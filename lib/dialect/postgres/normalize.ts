import { find } from "../../schema/lookup.ts";
import { countingKey } from "../../schema/counting_key.ts";
import type { Column, Constraint, Index, Schema } from "../../schema/schema.ts";
import type { ColumnType } from "../../schema/types.ts";
import { normalizeSchema } from "../normalize_schema.ts";
import { nameConstraints } from "./name_constraints.ts";
import { parseDeclaredType } from "./parse_type.ts";

/** Returns `schema` in PostgreSQL's spelling, but for expressions, which only the server can spell. */
export function normalize(schema: Schema): Schema {
  return normalizeSchema(schema, (table) => {
    const key = countingKey(table);
    return {
      ...table,
      columns: table.columns.map((it) => normalizeColumn(it, it === key)),
      constraints: nameConstraints(table).map((it) => withTarget(it, schema)),
      indexes: table.indexes.map(normalizeIndex),
    };
  });
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
  switch (type.kind) {
    case "array":
      return { kind: "array", of: normalizeType(type.of) };
    case "numeric": {
      const { precision, scale } = type;
      if (precision === undefined || scale !== 0) return type;
      return { kind: "numeric", precision };
    }
    case "native":
      return parseDeclaredType(type.sql);
    default:
      return type;
  }
}

/** A foreign key that names no columns refers to the primary key. */
function withTarget(constraint: Constraint, schema: Schema): Constraint {
  if (constraint.kind !== "foreignKey" || constraint.references.columns.length > 0) {
    return constraint;
  }
  const { references } = constraint;
  const key = find(schema, references)?.constraints.find((it) => it.kind === "primaryKey");
  return { ...constraint, references: { ...references, columns: key?.columns ?? [] } };
}

function normalizeIndex({ using, ...index }: Index): Index {
  return { ...index, ...(using && using !== "btree" && { using }) };
}

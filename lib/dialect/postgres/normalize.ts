import { besidesInherited } from "../../operations/apply/inherited_parts.ts";
import { isRoutine } from "../../schema/routine.ts";
import { find } from "../../schema/lookup.ts";
import { countingKey } from "../../schema/counting_key.ts";
import type { Column, Constraint, Index, Schema, SchemaObject } from "../../schema/schema.ts";
import type { ColumnType } from "../../schema/types.ts";
import { normalizeSchema } from "../normalize_schema.ts";
import { spelledArguments } from "./compile/argument_types.ts";
import { nameConstraints } from "../../schema/name_constraints.ts";
import { parseDeclaredType } from "./parse_type.ts";
import { withoutUsual } from "./usual_sequence.ts";

/** Returns `schema` in PostgreSQL's spelling, except for expressions, which only the server can spell. */
export function normalize(schema: Schema): Schema {
  const spelled = { ...schema, objects: schema.objects.map(normalizeObject) };
  const normal = normalizeSchema(spelled, (table) => {
    const columns = table.columns.map((it) => ({ ...it, type: normalizeType(it.type) }));
    const key = countingKey({ ...table, columns });
    return {
      ...table,
      columns: columns.map((it) => normalizeColumn(it, it === key)),
      constraints: nameConstraints(table).map((it) => withTarget(it, schema)),
      indexes: table.indexes.map(normalizeIndex),
    };
  });
  return { ...normal, tables: normal.tables.map((it) => besidesInherited(normal, it)) };
}

/**
 * Returns `column`, whose type is already normalized, in PostgreSQL's spelling.
 *
 * @param isKey Whether the column is an identity by default.
 */
function normalizeColumn({ sequence, identity: said, ...column }: Column, isKey: boolean): Column {
  const { type } = column;
  const identity = said ?? (isKey ? "byDefault" : "none");
  const counting = sequence && withoutUsual(sequence, type.kind === "integer" ? type.bits : 64);
  return {
    ...column,
    ...(identity !== "none" && { identity, nullable: false }),
    ...(identity === "none" && isKey && { identity }),
    ...(counting && Object.keys(counting).length > 0 && { sequence: counting }),
  };
}

function normalizeObject(object: SchemaObject): SchemaObject {
  return isRoutine(object.kind) && object.arguments
    ? { ...object, arguments: spelledArguments(object.arguments) }
    : object;
}

/** Returns `type` as the server knows it; a native type becomes the type that its text names. */
export function normalizeType(type: ColumnType): ColumnType {
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

/** A foreign key that names no columns references the primary key. */
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

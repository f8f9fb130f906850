import { countingKey } from "../../schema/counting_key.ts";
import type { Column, Constraint, Index, Schema, Table } from "../../schema/schema.ts";
import { plainIdentifiers } from "../../sql/identifiers.ts";
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
    constraints: table.constraints.map((it) => normalizeConstraint(localReference(it, table))),
    indexes: table.indexes.map(normalizeIndex),
  };
}

function rowid({ name }: Column): Column {
  return { name, type: { kind: "integer", bits: 32 }, nullable: false };
}

function normalizeColumn({ comment: _, ...column }: Column): Column {
  const { type, default: value, generated } = column;
  return {
    ...column,
    type: parseType(typeName(type)),
    ...(value && { default: { sql: value.sql.trim() } }),
    ...(generated && {
      generated: { ...generated, expression: plainIdentifiers(generated.expression) },
    }),
  };
}

/** A RENAME COLUMN puts the new name into quotes wherever an expression has it. */
function normalizeConstraint(constraint: Constraint): Constraint {
  if (constraint.kind !== "check") return constraint;
  return { ...constraint, expression: plainIdentifiers(constraint.expression) };
}

function normalizeIndex({ using: _, ...index }: Index): Index {
  return {
    ...index,
    on: index.on.map((it) => typeof it === "string" ? it : plainIdentifiers(it)),
    ...(index.where && { where: plainIdentifiers(index.where) }),
  };
}

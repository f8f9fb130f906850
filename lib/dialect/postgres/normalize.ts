import type { Constraint, Schema, Table } from "../../schema/schema.ts";
import type { ColumnType } from "../../schema/types.ts";
import { normalizeSchema } from "../normalize_schema.ts";

/** Returns `schema` in PostgreSQL's spelling, but for expressions, which only the server can spell. */
export function normalize(schema: Schema): Schema {
  return normalizeSchema(schema, {
    type,
    identityKeys: true,
    keysNotNull: true,
    comments: true,
    constraintName,
  });
}

function type(of: ColumnType): ColumnType {
  if (of.kind === "array") return { kind: "array", of: type(of.of) };
  if (of.kind !== "numeric" || of.scale !== 0) return of;
  return { kind: "numeric", ...(of.precision !== undefined && { precision: of.precision }) };
}

/** https://www.postgresql.org/docs/current/sql-createtable.html: the names that the server makes up. */
function constraintName(constraint: Constraint, { name }: Table): string {
  switch (constraint.kind) {
    case "primaryKey":
      return `${name}_pkey`;
    case "unique":
      return `${name}_${constraint.columns.join("_")}_key`;
    case "foreignKey":
      return `${name}_${constraint.columns.join("_")}_fkey`;
    case "check":
      return `${name}_check`;
  }
}

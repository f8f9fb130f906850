/**
 * Autogenerate compares schemas and derives the operations that lead from one to the other. It knows what
 * depends on what, but no dialect.
 *
 * @module
 */
import type {
  Column,
  Constraint,
  Enum,
  Index,
  ObjectIdentity,
  ObjectKind,
  QualifiedName,
  SchemaObject,
  Table,
} from "../schema/schema.ts";

/** A piece of a schema that can be created and dropped by itself. */
export type Part =
  | { readonly kind: "table"; readonly table: Table }
  | { readonly kind: "column"; readonly table: Table; readonly column: Column }
  /** The default of a column. */
  | { readonly kind: "default"; readonly table: Table; readonly column: Column }
  | { readonly kind: "constraint"; readonly table: Table; readonly constraint: NamedConstraint }
  | { readonly kind: "index"; readonly table: Table; readonly index: Index }
  | { readonly kind: "enum"; readonly enum: Enum }
  | { readonly kind: "object"; readonly object: SchemaObject };

export type PartOf<Kind extends Part["kind"]> = Extract<Part, { readonly kind: Kind }>;

/** A constraint under the name that it has or would be given. */
export type NamedConstraint = Constraint & { readonly name: string };

/** Identifies a part within its schema, and is the same in another schema. */
export type Key = string;

export function keyOf(part: Part): Key {
  switch (part.kind) {
    case "table":
      return tableKey(part.table);
    case "column":
      return columnKey(part.table, part.column.name);
    case "default":
      return tableKey(part.table, "default", part.column.name);
    case "constraint":
      return tableKey(part.table, "constraint", part.constraint.name);
    case "index":
      return tableKey(part.table, "index", part.index.name);
    case "enum":
      return typeKey(part.enum);
    case "object":
      return objectKey(part.object);
  }
}

export function tableKey(table: QualifiedName, ...inside: readonly string[]): Key {
  return join("table", table.schema, table.name, ...inside);
}

export function columnKey(table: QualifiedName, column: string): Key {
  return tableKey(table, "column", column);
}

/** An enum, a domain and a composite type of the same name are one type, which changes its kind. */
export function typeKey({ schema, name }: QualifiedName): Key {
  return join("type", schema, name);
}

export function objectKey(object: ObjectIdentity): Key {
  const { kind, schema, name, on, arguments: types } = object;
  return isType(kind) ? typeKey(object) : join(kind, schema, name, on?.schema, on?.name, types);
}

/** Says whether objects of the kind can be the type of a column. */
export function isType(kind: ObjectKind): boolean {
  return kind === "domain" || kind === "compositeType";
}

function join(...words: readonly (string | undefined)[]): Key {
  return words.map((it) => it ?? "").join("\0");
}

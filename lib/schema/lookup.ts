/**
 * Finding things in a schema by name.
 *
 * @module
 */
import { nameConstraints } from "./name_constraints.ts";
import { sameObject } from "./objects.ts";
import { sameName } from "./qualified_name.ts";
import type {
  Column,
  Constraint,
  Enum,
  Index,
  ObjectIdentity,
  QualifiedName,
  Schema,
  SchemaObject,
  Table,
} from "./schema.ts";

/** Returns the table `name` of `schema`, if there is one. */
export function find(schema: Schema, name: QualifiedName): Table | undefined {
  return schema.tables.find((it) => sameName(it, name));
}

export function findColumn(
  schema: Schema,
  table: QualifiedName,
  name: string,
): Column | undefined {
  return find(schema, table)?.columns.find((it) => it.name === name);
}

/** Says whether the column `name` is part of the primary key, if `constraints` include one. */
export function isInKey(name: string, constraints: readonly Constraint[]): boolean {
  return constraints.some((it) => it.kind === "primaryKey" && it.columns.includes(name));
}

export function findConstraint(
  schema: Schema,
  table: QualifiedName,
  name: string,
): Constraint | undefined {
  const found = find(schema, table);
  return found && constraintNamed(found, name);
}

/**
 * Returns the constraint of `table` with the given name: its own, or the one that PostgreSQL generates.
 */
export function constraintNamed(table: Table, name: string): Constraint | undefined {
  const { constraints } = table;
  const at = constraints.findIndex((it) => it.name === name);
  return constraints[at < 0 ? nameConstraints(table).findIndex((it) => it.name === name) : at];
}

/** Returns the index `name` of any table: index names are unique in a schema. */
export function findIndex(schema: Schema, { schema: of, name }: QualifiedName): Index | undefined {
  for (const table of schema.tables) {
    const found = table.schema === of && table.indexes.find((it) => it.name === name);
    if (found) return found;
  }
  return undefined;
}

export function findEnum(schema: Schema, name: QualifiedName): Enum | undefined {
  return schema.enums.find((it) => sameName(it, name));
}

export function findObject(schema: Schema, identity: ObjectIdentity): SchemaObject | undefined {
  return schema.objects.find((it) => sameObject(it, identity));
}

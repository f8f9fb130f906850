/**
 * What CASCADE certainly drops. What else may depend on a dropped object only the server knows: see
 * `mayGoWith`.
 *
 * @module
 */
import { sameName } from "../../schema/qualified_name.ts";
import type {
  Constraint,
  ConstraintOf,
  QualifiedName,
  Schema,
  Table,
} from "../../schema/schema.ts";

/** Returns `tables` without the foreign keys that `isTo` says refer to what is gone. */
export function withoutKeysTo(
  tables: readonly Table[],
  isTo: (key: ConstraintOf<"foreignKey">) => boolean,
): readonly Table[] {
  return tables.map((it) => {
    const constraints = it.constraints.filter((one) => one.kind !== "foreignKey" || !isTo(one));
    return constraints.length === it.constraints.length ? it : { ...it, constraints };
  });
}

/** Returns `schema` without the foreign keys to `key` of `table`, if it is one. */
export function withoutKeysToKey(schema: Schema, table: QualifiedName, key: Constraint): Schema {
  if (key.kind !== "primaryKey" && key.kind !== "unique") return schema;
  const isTo = ({ references }: ConstraintOf<"foreignKey">) => {
    const { columns } = references;
    return sameName(references, table) &&
      (columns.length === 0
        ? key.kind === "primaryKey"
        : columns.length === key.columns.length && columns.every((it) => key.columns.includes(it)));
  };
  return { ...schema, tables: withoutKeysTo(schema.tables, isTo) };
}

/** Returns `schema` without the database schema `name`, what is in it, and the foreign keys to that. */
export function withoutSchema(schema: Schema, name: string): Schema {
  const stays = (it: QualifiedName) => it.schema !== name;
  return {
    tables: withoutKeysTo(schema.tables.filter(stays), (it) => !stays(it.references)),
    enums: schema.enums.filter(stays),
    objects: schema.objects.filter((it) =>
      stays(it) && !(it.on && !stays(it.on)) && !(it.kind === "schema" && it.name === name)
    ),
  };
}

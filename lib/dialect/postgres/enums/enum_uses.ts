import { columnsOf } from "../../../schema/columns_of.ts";
import { partsOf } from "../../../schema/index_element.ts";
import { sameName } from "../../../schema/qualified_name.ts";
import type {
  Constraint,
  Index,
  ObjectIdentity,
  QualifiedName,
  Schema,
  Table,
} from "../../../schema/schema.ts";
import { quoteName } from "../../../sql/quote.ts";
import { constraintClause } from "../compile/constraint_clause.ts";
import { createIndex } from "../compile/create_index.ts";
import { enumObjectsIn } from "./enum_objects.ts";
import { nameConstraints } from "../../../schema/name_constraints.ts";
import type { PutBack } from "./put_back.ts";

/** Everything that has to be dropped or changed while an enum type is recreated. */
export interface EnumUses {
  /** Without those of partitions and of inheriting tables, which follow their parent's. */
  readonly columns: readonly EnumColumn[];
  /** Defaults of columns of the type, and of others whose default mentions it; parents first. */
  readonly defaults: readonly EnumDefault[];
  readonly constraints: readonly PutBack<
    { readonly table: QualifiedName; readonly name: string }
  >[];
  readonly indexes: readonly PutBack<QualifiedName>[];
  /** In an order in which they can be created. */
  readonly objects: readonly PutBack<ObjectIdentity>[];
}

export interface EnumColumn {
  readonly table: QualifiedName;
  readonly column: string;
  readonly isArray: boolean;
}

/** `isArray` is absent where the column is not of the type. */
export interface EnumDefault {
  readonly table: QualifiedName;
  readonly column: string;
  readonly isArray?: boolean;
  readonly default: string;
}

/**
 * Returns what in `schema` uses the type `name`.
 *
 * @throws {ToolError} `operation/unsupported` if something uses it whose own uses are not known.
 */
export function enumUsesIn(schema: Schema, name: QualifiedName): EnumUses {
  const columns = schema.tables.flatMap((table) =>
    table.columns.flatMap(({ name: column, type, default: value }) => {
      const isArray = type.kind === "array";
      const element = isArray ? type.of : type;
      if (element.kind !== "enum" || !sameName(element.name, name)) return [];
      return [{ table, column, isArray, value: value?.sql }];
    })
  );
  const isUsed = (table: QualifiedName, names: Iterable<string>) =>
    columns.some((it) => sameName(it.table, table) && [...names].includes(it.column));
  return {
    columns,
    defaults: columns.flatMap(({ value, ...it }) =>
      value === undefined ? [] : [{ ...it, default: value }]
    ),
    constraints: schema.tables.flatMap((table) =>
      nameConstraints(table).filter((it) => mustGo(it, table, isUsed)).map((it) => ({
        dropped: { table, name: it.name ?? "" },
        statements: [`ALTER TABLE ${quoteName(table)} ADD ${constraintClause(it)}`],
      }))
    ),
    indexes: schema.tables.flatMap((table) =>
      table.indexes.filter((it) => isComputed(it) && isUsed(table, columnsOf(it))).map((index) => ({
        dropped: { ...schemaOf(table), name: index.name },
        statements: [createIndex({ table, index }).sql],
      }))
    ),
    objects: enumObjectsIn(schema, name, columns.map((it) => it.table)),
  };
}

/** The server rebuilds keys by itself, but cannot compare values of two types. */
function mustGo(
  constraint: Constraint,
  table: Table,
  isUsed: (table: QualifiedName, columns: Iterable<string>) => boolean,
): boolean {
  switch (constraint.kind) {
    case "primaryKey":
    case "unique":
      return false;
    case "check":
    case "exclude":
      return isUsed(table, columnsOf(constraint));
    case "foreignKey":
      return isUsed(table, constraint.columns) ||
        isUsed(constraint.references, constraint.references.columns);
  }
}

function isComputed({ on, where }: Index): boolean {
  return where !== undefined || on.some((it) => typeof partsOf(it).on !== "string");
}

function schemaOf({ schema }: QualifiedName): { readonly schema?: string } {
  return schema === undefined ? {} : { schema };
}

import type { Column, Constraint, Schema, Table } from "../schema/schema.ts";
import type { ColumnType } from "../schema/types.ts";

/** Where a database's spelling differs from what was asked for. */
export interface Spelling {
  /** The type that is read back from a column of `type`. */
  readonly type: (type: ColumnType) => ColumnType;
  /** Whether a lone integer primary key counts itself up as an identity column. */
  readonly identityKeys: boolean;
  /** Whether the columns of a primary key read as not null. */
  readonly keysNotNull: boolean;
  readonly comments: boolean;
  /** The name that an unnamed constraint gets; absent: it stays unnamed. */
  readonly constraintName?: (constraint: Constraint, table: Table) => string;
}

/** Returns `schema` as it is read back from a database that it was created in, in an order that depends on names alone. */
export function normalizeSchema(schema: Schema, spelling: Spelling): Schema {
  return {
    tables: schema.tables.map((it) => normalizeTable(it, spelling)).sort(
      byText(({ schema = "", name }) => `${schema}.${name}`),
    ),
  };
}

function normalizeTable(table: Table, spelling: Spelling): Table {
  const { comment, ...rest } = table;
  const key = table.constraints.find((it) => it.kind === "primaryKey");
  const keyColumns = key?.kind === "primaryKey" ? key.columns : [];
  return {
    ...rest,
    columns: table.columns.map((it) => normalizeColumn(it, keyColumns, spelling)),
    constraints: table.constraints.map((it) => normalizeConstraint(it, table, spelling)).sort(
      byText(JSON.stringify),
    ),
    indexes: [...table.indexes].sort(byText((it) => it.name)),
    ...(spelling.comments && comment !== undefined && { comment }),
  };
}

function normalizeColumn(column: Column, key: readonly string[], spelling: Spelling): Column {
  const { comment, ...rest } = column;
  const counts = spelling.identityKeys && key.length === 1 && key[0] === column.name &&
    column.type.kind === "integer" && !column.default && !column.generated;
  return {
    ...rest,
    type: spelling.type(column.type),
    nullable: column.nullable && !(spelling.keysNotNull && key.includes(column.name)) &&
      !column.identity,
    ...(counts && { identity: column.identity ?? "byDefault" }),
    ...(spelling.comments && comment !== undefined && { comment }),
  };
}

function normalizeConstraint(
  constraint: Constraint,
  table: Table,
  { constraintName }: Spelling,
): Constraint {
  const named = constraint.name === undefined && constraintName
    ? { ...constraint, name: constraintName(constraint, table) }
    : constraint;
  if (named.kind !== "foreignKey") return named;
  const { onDelete, onUpdate, ...rest } = named;
  return {
    ...rest,
    ...(onDelete && onDelete !== "no action" && { onDelete }),
    ...(onUpdate && onUpdate !== "no action" && { onUpdate }),
  };
}

function byText<Item>(text: (item: Item) => string): (a: Item, b: Item) => number {
  return (a, b) => text(a) < text(b) ? -1 : text(a) > text(b) ? 1 : 0;
}

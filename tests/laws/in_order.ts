import type { Constraint, Schema, Table } from "../../lib/schema/schema.ts";

/** Returns `schema` in a canonical order: only its contents count. */
export function inOrder(schema: Schema): Schema {
  return {
    enums: [...schema.enums].sort(by((it) => it.name)),
    objects: [...schema.objects].sort(by((it) => [it.kind, it.name, it.on?.name].join())),
    tables: schema.tables.map((it) => ({
      ...it,
      columns: [...it.columns].sort(by((column) => column.name)),
      constraints: [...it.constraints].sort(by(constraintText)),
      indexes: [...it.indexes].sort(by((index) => index.name)),
    })).sort(by((table) => table.name)),
  };
}

/** Returns `schema` with each table after those that it refers to, as they must be created. */
export function inOrderOfReferences(schema: Schema): Schema {
  const { tables } = schema;
  const left = new Set(tables);
  const placed: Table[] = [];
  while (left.size > 0) {
    const next = [...left].find((it) => ![...left].some((one) => one !== it && refersTo(it, one)));
    if (next === undefined) throw new Error("the tables refer to each other in a circle");
    left.delete(next);
    placed.push(next);
  }
  return { ...schema, tables: placed };
}

/**
 * Returns whether `table` refers to `other` by a foreign key, is a partition of it, or inherits
 * from it.
 */
export function refersTo(table: Table, other: Table): boolean {
  return table.options?.partitionOf?.table.name === other.name ||
    table.options?.inherits?.some((it) => it.name === other.name) ||
    table.constraints.some((it) => it.kind === "foreignKey" && it.references.name === other.name);
}

function constraintText(it: Constraint): string {
  const { kind, name, ...rest } = it;
  return JSON.stringify([kind, name, rest]);
}

function by<Item>(text: (item: Item) => string): (a: Item, b: Item) => number {
  return (a, b) => text(a) < text(b) ? -1 : text(a) > text(b) ? 1 : 0;
}

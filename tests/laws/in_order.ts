import type { Constraint, Schema, Table } from "../../lib/schema/schema.ts";

/** Returns `schema` with all in an order of its own: what is in it counts, not where. */
export function inOrder(schema: Schema): Schema {
  return {
    tables: schema.tables.map((it) => ({
      ...it,
      columns: [...it.columns].sort(by((column) => column.name)),
      constraints: [...it.constraints].sort(by(constraintText)),
      indexes: [...it.indexes].sort(by((index) => index.name)),
    })).sort(by((table) => table.name)),
  };
}

/** Returns `schema` with each table behind those that it refers to, as they must be created. */
export function inOrderOfReferences({ tables }: Schema): Schema {
  const left = new Set(tables);
  const placed: Table[] = [];
  while (left.size > 0) {
    const next = [...left].find((it) => ![...left].some((one) => one !== it && refersTo(it, one)));
    if (next === undefined) throw new Error("the tables refer to each other in a circle");
    left.delete(next);
    placed.push(next);
  }
  return { tables: placed };
}

/** Says whether a foreign key of `table` leads to `other`. */
export function refersTo(table: Table, other: Table): boolean {
  return table.constraints.some((it) =>
    it.kind === "foreignKey" && it.references.name === other.name
  );
}

function constraintText(it: Constraint): string {
  return [it.kind, it.name, it.kind === "check" ? it.expression.sql : it.columns].join();
}

function by<Item>(text: (item: Item) => string): (a: Item, b: Item) => number {
  return (a, b) => text(a) < text(b) ? -1 : text(a) > text(b) ? 1 : 0;
}

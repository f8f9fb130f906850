import type { Constraint, Schema } from "../../lib/schema/schema.ts";

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

function constraintText(it: Constraint): string {
  return [it.kind, it.name, it.kind === "check" ? it.expression.sql : it.columns].join();
}

function by<Item>(text: (item: Item) => string): (a: Item, b: Item) => number {
  return (a, b) => text(a) < text(b) ? -1 : text(a) > text(b) ? 1 : 0;
}

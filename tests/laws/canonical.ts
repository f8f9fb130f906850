import type { Schema, Table } from "../../lib/schema/schema.ts";

/** Returns `schema` with everything in an order of its own: column order aside, equal schemas are equal then. */
export function canonical({ tables }: Schema): readonly Table[] {
  return tables.map((it) => ({
    ...it,
    columns: it.columns.toSorted(by(({ name }) => name)),
    constraints: it.constraints.toSorted(by(JSON.stringify)),
    indexes: it.indexes.toSorted(by(({ name }) => name)),
  })).toSorted(by(({ name }) => name));
}

/** Returns the tables so that each comes after those that it refers to. */
export function inOrderOfReferences({ tables }: Schema): readonly Table[] {
  const ordered: Table[] = [];
  const place = (it: Table): void => {
    if (ordered.includes(it)) return;
    for (const one of it.constraints) {
      const other = one.kind === "foreignKey" &&
        tables.find(({ name }) => name === one.references.name);
      if (other && other !== it) place(other);
    }
    ordered.push(it);
  };
  for (const it of tables) place(it);
  return ordered;
}

function by<Item>(text: (item: Item) => string): (a: Item, b: Item) => number {
  return (a, b) => text(a) < text(b) ? -1 : text(a) > text(b) ? 1 : 0;
}

import { partsOf } from "../schema/index_element.ts";
import type { Constraint, IndexElement, QualifiedName, Schema, Table } from "../schema/schema.ts";

/**
 * Returns `schema` with its tables as `spell` spells them, in an order that depends on names alone; its
 * objects keep their order. Options that state the default are left out.
 */
export function normalizeSchema(schema: Schema, spell: (table: Table) => Table): Schema {
  return {
    tables: schema.tables.map((it) => sorted(spell(it))).sort(byText(fullName)),
    enums: schema.enums.toSorted(byText(fullName)),
    objects: schema.objects,
  };
}

function sorted(table: Table): Table {
  return {
    ...table,
    constraints: table.constraints.map(withoutNoAction).sort(byText(constraintKey)),
    indexes: table.indexes.map((it) => ({ ...it, on: it.on.map(withoutUsual) }))
      .sort(byText((it) => it.name)),
  };
}

/** Nulls come last in ascending and first in descending order by default: that need not be stated. */
function withoutUsual(element: IndexElement): IndexElement {
  const { nulls, ...parts } = partsOf(element);
  const usual = parts.order === "desc" ? "first" : "last";
  const kept = { ...parts, ...(nulls && nulls !== usual && { nulls }) };
  return Object.keys(kept).length === 1 ? kept.on : kept;
}

function withoutNoAction(constraint: Constraint): Constraint {
  if (constraint.kind !== "foreignKey") return constraint;
  const { onDelete, onUpdate, ...rest } = constraint;
  return {
    ...rest,
    ...(onDelete && onDelete !== "no action" && { onDelete }),
    ...(onUpdate && onUpdate !== "no action" && { onUpdate }),
  };
}

function constraintKey(it: Constraint): string {
  return [it.kind, it.name ?? "", constraintText(it)].join("\0");
}

function constraintText(it: Constraint): string {
  switch (it.kind) {
    case "check":
      return it.expression.sql;
    case "exclude":
      return JSON.stringify(it.elements);
    default:
      return it.columns.join();
  }
}

function fullName({ schema = "", name }: QualifiedName): string {
  return `${schema}.${name}`;
}

function byText<Item>(text: (item: Item) => string): (a: Item, b: Item) => number {
  return (a, b) => text(a) < text(b) ? -1 : text(a) > text(b) ? 1 : 0;
}

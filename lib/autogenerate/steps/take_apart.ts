import { nameConstraints } from "../../schema/name_constraints.ts";
import type { Schema, Table } from "../../schema/schema.ts";
import { type Key, keyOf, type NamedConstraint, type Part } from "../part.ts";

/** Returns the parts of `schema` by their keys. Unnamed constraints have the names that they would be given. */
export function takeApart(schema: Schema): ReadonlyMap<Key, Part> {
  const parts: readonly Part[] = [
    ...schema.enums.map((it): Part => ({ kind: "enum", enum: it })),
    ...schema.tables.flatMap(partsOfTable),
    ...schema.objects.map((object): Part => ({ kind: "object", object })),
  ];
  return new Map(parts.map((it) => [keyOf(it), it]));
}

/** Returns `table` and all its parts. */
export function partsOfTable(table: Table): readonly Part[] {
  return [
    { kind: "table", table },
    ...table.columns.flatMap((column): readonly Part[] => [
      { kind: "column", table, column },
      ...column.default ? [{ kind: "default", table, column } as const] : [],
    ]),
    ...namedConstraints(table).map((constraint): Part => ({
      kind: "constraint",
      table,
      constraint,
    })),
    ...table.indexes.map((index): Part => ({ kind: "index", table, index })),
  ];
}

function namedConstraints(table: Table): readonly NamedConstraint[] {
  return nameConstraints(table).map((it) => ({ ...it, name: it.name ?? "" }));
}

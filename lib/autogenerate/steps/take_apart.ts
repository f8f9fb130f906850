import { nameConstraints } from "../../schema/name_constraints.ts";
import { type Constraint, emptySchema, type Schema, type Table } from "../../schema/schema.ts";
import { type Key, keyOf, type NamedConstraint, type Part, tableKey } from "../part.ts";
import { sameConstraint } from "../same_content.ts";

/**
 * Returns the parts of `schema` by their keys. Unnamed constraints have the names that they would be given;
 * those that `other` also has, the names that they would be given there.
 */
export function takeApart(schema: Schema, other = emptySchema): ReadonlyMap<Key, Part> {
  const others = new Map(other.tables.map((it) => [tableKey(it), it]));
  const parts: readonly Part[] = [
    ...schema.enums.map((it): Part => ({ kind: "enum", enum: it })),
    ...schema.tables.flatMap((it) => partsOfTable(namedAs(it, others.get(tableKey(it))))),
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

/** Returns `table`, where an unnamed constraint that `other` also has gets the name that it would be given there. */
function namedAs(table: Table, other: Table | undefined): Table {
  const isNamed = (name: string | undefined) => table.constraints.some((it) => it.name === name);
  if (!other || !isNamed(undefined)) return table;
  let left = nameConstraints(other).filter(({ name }, at) =>
    other.constraints[at]?.name === undefined && !isNamed(name)
  );
  const constraints = table.constraints.map((it): Constraint => {
    const same = it.name === undefined && left.find((one) => sameConstraint(one, it));
    left = left.filter((one) => one !== same);
    return same || it;
  });
  return { ...table, constraints };
}

function namedConstraints(table: Table): readonly NamedConstraint[] {
  return nameConstraints(table).map((it) => ({ ...it, name: it.name ?? "" }));
}

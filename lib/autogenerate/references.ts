import { isDeepStrictEqual } from "node:util";
import { find } from "../schema/lookup.ts";
import { sameName } from "../schema/qualified_name.ts";
import type { Constraint, QualifiedName, Schema, Table } from "../schema/schema.ts";
import { type Key, type NamedConstraint, tableKey } from "./part.ts";

/** A foreign key, and the table that it is of. */
export interface Reference {
  readonly table: Table;
  readonly key: NamedConstraint;
}

/** Returns `whole`, and the tables that it is itself a partition of. */
export function wholesOf(whole: QualifiedName, schema: Schema): readonly QualifiedName[] {
  const above = find(schema, whole)?.options?.partitionOf?.table;
  return above === undefined ? [whole] : [whole, ...wholesOf(above, schema)];
}

/** Says whether foreign keys reference `whole`, or a table that it is itself a partition of. */
export function isReferenced(whole: QualifiedName, schema: Schema): boolean {
  const wholes = wholesOf(whole, schema);
  return schema.tables.some((it) => it.constraints.some((one) => refersTo(one, wholes)));
}

/**
 * Returns the foreign keys of `schema` to `wholes`; never unnamed ones. Those of a table come before those of
 * its partitions: the server takes a partition's own key for its share of one that the table gets later.
 */
export function references(
  schema: Schema,
  wholes: readonly QualifiedName[],
): readonly Reference[] {
  const depth = ({ options }: Table) =>
    options?.partitionOf ? wholesOf(options.partitionOf.table, schema).length : 0;
  return schema.tables.toSorted((a, b) => depth(a) - depth(b)).flatMap((table) =>
    table.constraints.flatMap((it): readonly Reference[] =>
      it.name !== undefined && refersTo(it, wholes)
        ? [{ table, key: { ...it, name: it.name } }]
        : []
    )
  );
}

export function refersTo(constraint: Constraint, tables: readonly QualifiedName[]): boolean {
  return constraint.kind === "foreignKey" &&
    tables.some((it) => sameName(it, constraint.references));
}

/** Says whether `table` has such a constraint, under whatever name. */
export function hasAlike(constraint: Constraint, table: Table | undefined): boolean {
  const unnamed = ({ name: _, ...it }: Constraint) => it;
  return table?.constraints.some((it) => isDeepStrictEqual(unnamed(it), unnamed(constraint))) ??
    false;
}

/** Returns `schema` without the constraints `keys`. */
export function withoutKeys(schema: Schema, keys: readonly Reference[]): Schema {
  const gone = new Map<Key, ReadonlySet<string>>(
    [...Map.groupBy(keys, (it) => tableKey(it.table))]
      .map(([table, all]) => [table, new Set(all.map((it) => it.key.name))]),
  );
  const isLeft = (table: Table, { name }: Constraint) =>
    name === undefined || !gone.get(tableKey(table))?.has(name);
  const tables = schema.tables.map((it) =>
    gone.has(tableKey(it))
      ? { ...it, constraints: it.constraints.filter((one) => isLeft(it, one)) }
      : it
  );
  return { ...schema, tables };
}

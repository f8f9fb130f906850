import { isDeepStrictEqual } from "node:util";
import { withInherited } from "../operations/apply/inherited_parts.ts";
import { apply } from "../operations/apply/apply.ts";
import type { Operation } from "../operations/operation.ts";
import { attachablePart } from "../operations/apply/partition_parts.ts";
import { relationNames } from "../operations/apply/relation_names.ts";
import { find } from "../schema/lookup.ts";
import { nameOf, namesWithout } from "../schema/qualified_name.ts";
import type { PartitionOf, QualifiedName, Schema, Table } from "../schema/schema.ts";
import { isComputedInOne } from "./computed_in_parts.ts";
import { starts, stops } from "./counting.ts";
import { heirs, inherit, inherits } from "./heirs.ts";
import { type Key, tableKey } from "./part.ts";
import { indexesGone } from "./indexes_gone.ts";
import {
  hasAlike,
  isReferenced,
  type Reference,
  references,
  refersTo,
  wholesOf,
  withoutKeys,
} from "./references.ts";

/**
 * Returns the operations that detach partitions of `a`, and end the inheritance of its tables, where `b` differs.
 * Foreign keys that `b` lacks, or whose rows will be attached again, are dropped before: the server detaches no
 * rows that they refer to.
 *
 * @param remade The tables to recreate, without their partitions and detached from what they are partitions of.
 */
export function detachments(a: Schema, b: Schema, remade: Remade): readonly Operation[] {
  const parts = moved(a, b, remade);
  return [
    ...keysBefore(parts, a, b).map(({ table, key }): Operation => ({
      kind: "dropConstraint",
      table: nameOf(table),
      name: key.name,
      existing: key,
    })),
    ...stops(a, remadeWholes(parts, remade)),
    ...indexesGone(parts, a, b),
    ...parts.map(({ table, part: { table: whole, bounds } }): Operation => ({
      kind: "detachPartition",
      table: whole,
      partition: nameOf(table),
      existing: bounds,
    })),
    ...heirs(a, b).map(({ table, parents }): Operation =>
      inherit(table, namesWithout(inherits(table), parents))
    ),
  ];
}

/**
 * Returns the operations that attach tables of `a` as partitions, and make them inherit from others, as in `b`.
 * Foreign keys that may refer to the attached rows are added afterwards, and columns numbered on from them.
 */
export function attachments(a: Schema, b: Schema, remade: Remade): readonly Operation[] {
  const parts = attached(a, b, remade);
  return [
    ...parts.map(({ table, part: { table: whole, bounds } }): Operation => ({
      kind: "attachPartition",
      table: whole,
      partition: nameOf(table),
      bounds,
    })),
    ...keysAfterwards(a, b, remade).map(({ table, key }): Operation => ({
      kind: "addConstraint",
      table: nameOf(table),
      constraint: key,
    })),
    ...starts(b, remadeWholes(parts, remade)),
    ...heirs(b, a).map(({ table, other }): Operation => inherit(other, inherits(table))),
  ];
}

/** Returns `b` as it is before `attachments`: the tables concerned have all that they need for it themselves. */
export function beforeAttachments(a: Schema, b: Schema, remade: Remade): Schema {
  const found = attached(a, b, remade);
  const parts = new Map(found.map(({ table, part }) => [tableKey(table), part]));
  const inheriting = new Map(heirs(b, a).map(({ table, parents }) => [tableKey(table), parents]));
  const soFar = stops(b, remadeWholes(found, remade))
    .reduce((schema, it) => apply(it, schema), withoutKeys(b, keysAfterwards(a, b, remade)));
  const taken = new Set(soFar.tables.flatMap(relationNames));
  const tables = soFar.tables.map((table): Table => {
    const part = parts.get(tableKey(table));
    const whole = part && find(soFar, part.table);
    if (whole) {
      const before = find(a, table) ?? table;
      const made = attachablePart(soFar, table, whole, { before, taken });
      relationNames(made).forEach((it) => taken.add(it));
      return made;
    }
    const parents = inheriting.get(tableKey(table));
    return parents
      ? withInherited(soFar, table, parents, namesWithout(inherits(table), parents))
      : table;
  });
  return { ...soFar, tables };
}

type Remade = ReadonlySet<Key>;

interface Partition {
  readonly table: Table;
  readonly part: PartitionOf;
}

/**
 * Returns the partitions in `from` that are not the same partition in `to`, or not of the same whole. One that
 * `to` lacks is included if `to` has the whole and foreign keys reference it: the server then refuses to drop
 * a partition of it. So is one with partitions of its own where a column becomes plain or computed.
 */
function moved(from: Schema, to: Schema, remade: Remade): readonly Partition[] {
  return from.tables.flatMap((table) => {
    const part = table.options?.partitionOf;
    if (part === undefined) return [];
    const other = find(to, table);
    const isMoved = other
      ? [table, part.table].some((it) => remade.has(tableKey(it))) ||
        !isDeepStrictEqual(part, other.options?.partitionOf) ||
        (table.options?.partitionBy !== undefined && isComputedInOne(part.table, from, to))
      : isKept(part.table, to, remade) && isReferenced(part.table, from);
    return isMoved ? [{ table, part }] : [];
  });
}

/** A partition created together with its parent is attached from the beginning. */
function attached(a: Schema, b: Schema, remade: Remade): readonly Partition[] {
  return moved(b, a, remade).filter(({ table, part }) =>
    find(a, table) || isKept(part.table, a, remade)
  );
}

/** Returns the recreated tables that `parts` are partitions of. */
function remadeWholes(parts: readonly Partition[], remade: Remade): readonly QualifiedName[] {
  return parts.map(({ part }) => part.table).filter((it) => remade.has(tableKey(it)));
}

/** Says whether `to` has the table `whole`, and it need not be recreated. */
function isKept(whole: QualifiedName, to: Schema, remade: Remade): boolean {
  return find(to, whole) !== undefined && !remade.has(tableKey(whole));
}

/**
 * Returns the foreign keys of `a` to what `parts` are detached from. If no part is attached again there, the rows
 * that a key in both schemas refers to must be in others.
 */
function keysBefore(parts: readonly Partition[], a: Schema, b: Schema): readonly Reference[] {
  const isBack = ({ table }: Partition) => find(b, table)?.options?.partitionOf !== undefined;
  const wholes = (some: readonly Partition[]) =>
    some.flatMap(({ part }) => wholesOf(part.table, a));
  const back = wholes(parts.filter(isBack));
  return references(a, wholes(parts)).toReversed().filter(({ table, key }) =>
    refersTo(key, back) || !hasAlike(key, find(b, table))
  );
}

/** Returns the foreign keys that tables of `a` get in `b`, and that may refer to rows of attached partitions. */
function keysAfterwards(a: Schema, b: Schema, remade: Remade): readonly Reference[] {
  const wholes = attached(a, b, remade).flatMap(({ part }) => wholesOf(part.table, b));
  return references(b, wholes).filter(({ table, key }) => {
    const before = find(a, table);
    return before !== undefined && !hasAlike(key, before);
  });
}

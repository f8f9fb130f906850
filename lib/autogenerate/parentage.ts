import { isDeepStrictEqual } from "node:util";
import { inherited, withInherited } from "../operations/apply/inherited_parts.ts";
import type { Operation } from "../operations/operation.ts";
import { attachablePart } from "../operations/apply/partition_parts.ts";
import { find } from "../schema/lookup.ts";
import { nameOf, namesWithout, sameName } from "../schema/qualified_name.ts";
import type {
  Column,
  Constraint,
  PartitionOf,
  QualifiedName,
  Schema,
  Table,
} from "../schema/schema.ts";
import type { NamedConstraint } from "./part.ts";

/**
 * Returns the operations that detach partitions of `a`, and end the inheritance of its tables, where `b` differs.
 * Foreign keys that `b` lacks are dropped before: the server detaches no rows that they refer to.
 */
export function detachments(a: Schema, b: Schema): readonly Operation[] {
  const parts = moved(a, b);
  const wholes = parts.flatMap(({ part }) => wholesOf(part.table, a));
  return [
    ...referring(a, wholes).flatMap((table) =>
      keysLacking(table, find(b, table), wholes).map((existing): Operation => ({
        kind: "dropConstraint",
        table: nameOf(table),
        name: existing.name,
        existing,
      }))
    ),
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
 * Foreign keys that may refer to the attached rows are added afterwards.
 */
export function attachments(a: Schema, b: Schema): readonly Operation[] {
  return [
    ...attached(a, b).map(({ table, part: { table: whole, bounds } }): Operation => ({
      kind: "attachPartition",
      table: whole,
      partition: nameOf(table),
      bounds,
    })),
    ...[...keysAfterwards(a, b)].flatMap(([table, keys]) =>
      keys.map((constraint): Operation => ({
        kind: "addConstraint",
        table: nameOf(table),
        constraint,
      }))
    ),
    ...heirs(b, a).map(({ table, other }): Operation => inherit(other, inherits(table))),
  ];
}

/** Returns `b` as it is before `attachments`: the tables concerned have all that they need for it themselves. */
export function beforeAttachments(a: Schema, b: Schema): Schema {
  const parts = new Map(attached(a, b).map(({ table, part }) => [table, part]));
  const inheriting = new Map(heirs(b, a).map(({ table, parents }) => [table, parents]));
  const afterwards = keysAfterwards(a, b);
  const tables = b.tables.map((table): Table => {
    const part = parts.get(table);
    const whole = part && find(b, part.table);
    if (whole) return attachablePart(b, table, whole, find(a, table) ?? table);
    const keys = afterwards.get(table);
    const soFar = keys
      ? { ...table, constraints: table.constraints.filter((it) => !keys.some((key) => key === it)) }
      : table;
    const parents = inheriting.get(table);
    return parents
      ? withInherited(b, soFar, parents, namesWithout(inherits(table), parents))
      : soFar;
  });
  return { ...b, tables };
}

/**
 * Returns the partitions in `from` that are not the same partition in `to`. One that `to` lacks is included
 * if `to` has the whole and foreign keys reference it: the server then refuses to drop a partition of it.
 */
function moved(
  from: Schema,
  to: Schema,
): readonly { readonly table: Table; readonly part: PartitionOf }[] {
  return from.tables.flatMap((table) => {
    const part = table.options?.partitionOf;
    if (part === undefined) return [];
    const other = find(to, table);
    const isMoved = other
      ? !isDeepStrictEqual(part, other.options?.partitionOf)
      : isKept(part.table, from, to) && isReferenced(part.table, from);
    return isMoved ? [{ table, part }] : [];
  });
}

/** A partition created together with its parent is attached from the beginning. */
function attached(a: Schema, b: Schema): ReturnType<typeof moved> {
  return moved(b, a).filter(({ table, part }) => find(a, table) || isKept(part.table, b, a));
}

/** Says whether the partitioned table `whole` is in both schemas: partitioned otherwise, it is made again. */
function isKept(whole: QualifiedName, from: Schema, to: Schema): boolean {
  const [old, made] = [find(from, whole)?.options, find(to, whole)?.options];
  return made?.partitionBy !== undefined && isDeepStrictEqual(old?.partitionBy, made.partitionBy);
}

/** Says whether foreign keys reference `whole`, or a table that it is itself a partition of. */
function isReferenced(whole: QualifiedName, schema: Schema): boolean {
  return referring(schema, wholesOf(whole, schema)).length > 0;
}

function referring(schema: Schema, wholes: readonly QualifiedName[]): readonly Table[] {
  return schema.tables.filter((it) => it.constraints.some((one) => refersTo(one, wholes)));
}

/** Returns `whole`, and the tables that it is itself a partition of. */
function wholesOf(whole: QualifiedName, schema: Schema): readonly QualifiedName[] {
  const above = find(schema, whole)?.options?.partitionOf?.table;
  return above === undefined ? [whole] : [whole, ...wholesOf(above, schema)];
}

function refersTo(constraint: Constraint, tables: readonly QualifiedName[]): boolean {
  return constraint.kind === "foreignKey" &&
    tables.some((it) => sameName(it, constraint.references));
}

/** Returns the foreign keys of `table` to `wholes` that `other` does not have; never unnamed ones. */
function keysLacking(
  table: Table,
  other: Table | undefined,
  wholes: readonly QualifiedName[],
): readonly NamedConstraint[] {
  const unnamed = ({ name: _, ...it }: Constraint) => it;
  const kept = other?.constraints.map(unnamed) ?? [];
  return table.constraints.filter((it): it is NamedConstraint =>
    it.name !== undefined && refersTo(it, wholes) &&
    !kept.some((one) => isDeepStrictEqual(one, unnamed(it)))
  );
}

/** Returns the foreign keys that tables of `a` get in `b`, and that may refer to rows of attached partitions. */
function keysAfterwards(a: Schema, b: Schema): ReadonlyMap<Table, readonly NamedConstraint[]> {
  const wholes = attached(a, b).flatMap(({ part }) => wholesOf(part.table, b));
  const keys = referring(b, wholes).map((table) => {
    const before = find(a, table);
    return [table, before ? keysLacking(table, before, wholes) : []] as const;
  });
  return new Map(keys.filter(([, found]) => found.length > 0));
}

/**
 * Returns the tables in both schemas that inherit from `parents` in `from` but not in `to`, where they are
 * `other`; or in both, if a column of the table's own in one is inherited in the other.
 */
function heirs(
  from: Schema,
  to: Schema,
): readonly {
  readonly table: Table;
  readonly other: Table;
  readonly parents: readonly QualifiedName[];
}[] {
  return from.tables.flatMap((table) => {
    const other = inherits(table).length > 0 ? find(to, table) : undefined;
    const parents = inherits(table).filter((it) =>
      other && (!inherits(other).some((one) => sameName(one, it)) ||
        givesOwn(from, to, it, other) || givesOwn(to, from, it, table))
    );
    return other && parents.length > 0 ? [{ table, other, parents }] : [];
  });
}

/** Says whether `table` of `to` has a column of its own that `parent` has in `from` but not in `to`. */
function givesOwn(from: Schema, to: Schema, parent: QualifiedName, { columns }: Table): boolean {
  const [given, kept] = [from, to].map((it) => columnNames(inherited(it, [parent]).columns));
  return [...columnNames(columns)].some((it) => given?.has(it) && !kept?.has(it));
}

function columnNames(columns: readonly Column[]): ReadonlySet<string> {
  return new Set(columns.map((it) => it.name));
}

function inherit(table: Table, wanted: readonly QualifiedName[]): Operation {
  const said = (all: readonly QualifiedName[]) => ({ inherits: all.length > 0 ? all : null });
  return {
    kind: "alterTable",
    table: nameOf(table),
    change: said(wanted),
    existing: said(inherits(table)),
  };
}

function inherits({ options }: Table): readonly QualifiedName[] {
  return options?.inherits ?? [];
}

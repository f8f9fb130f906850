import { isDeepStrictEqual } from "node:util";
import { inherited, withInherited } from "../operations/apply/inherited_parts.ts";
import type { Operation } from "../operations/operation.ts";
import { attachablePart } from "../operations/apply/partition_parts.ts";
import { find } from "../schema/lookup.ts";
import { nameOf, namesWithout, sameName } from "../schema/qualified_name.ts";
import type { Column, PartitionOf, QualifiedName, Schema, Table } from "../schema/schema.ts";

/** Returns what detaches partitions of `a`, and ends the inheritance of its tables, where `b` has it otherwise. */
export function detachments(a: Schema, b: Schema): readonly Operation[] {
  return [
    ...moved(a, b).map(({ table, part: { table: whole, bounds } }): Operation => ({
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

/** Returns what attaches tables of `a` as partitions, and has them inherit from others, where `b` has it so. */
export function attachments(a: Schema, b: Schema): readonly Operation[] {
  return [
    ...attached(a, b).map(({ table, part: { table: whole, bounds } }): Operation => ({
      kind: "attachPartition",
      table: whole,
      partition: nameOf(table),
      bounds,
    })),
    ...heirs(b, a).map(({ table, other }): Operation => inherit(other, inherits(table))),
  ];
}

/** Returns `b` as it is before `attachments`: such a table has all itself that it needs for that. */
export function beforeAttachments(a: Schema, b: Schema): Schema {
  const parts = new Map(attached(a, b).map(({ table, part }) => [table, part]));
  const inheriting = new Map(heirs(b, a).map(({ table, parents }) => [table, parents]));
  const tables = b.tables.map((table): Table => {
    const part = parts.get(table);
    const whole = part && find(b, part.table);
    if (whole) return attachablePart(b, table, whole, find(a, table) ?? table);
    const parents = inheriting.get(table);
    return parents
      ? withInherited(b, table, parents, namesWithout(inherits(table), parents))
      : table;
  });
  return { ...b, tables };
}

/**
 * Returns the tables of `from` that are a part of another one, and in `to` not the same part of it. What is not there
 * at all is among them where foreign keys refer to the whole: the server drops no part of that.
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
      : isReferenced(part.table, from);
    return isMoved ? [{ table, part }] : [];
  });
}

/** What is made with the whole is a part of it from the beginning. */
function attached(a: Schema, b: Schema): ReturnType<typeof moved> {
  return moved(b, a).filter(({ table, part }) => find(a, table) || find(a, part.table));
}

/** Says whether foreign keys refer to `whole`, or to what that is a part of. */
function isReferenced(whole: QualifiedName, schema: Schema): boolean {
  const above = find(schema, whole)?.options?.partitionOf?.table;
  return above !== undefined && isReferenced(above, schema) ||
    schema.tables.some(({ constraints }) =>
      constraints.some((it) => it.kind === "foreignKey" && sameName(it.references, whole))
    );
}

/**
 * Returns the tables of both that inherit in `from` from `parents`, and not in `to`, where they are `other`;
 * or in both, if what is a column of their own in one is inherited in the other.
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

/** Says whether `table` of `to` has itself what is a column of `parent` in `from`, and not in `to`. */
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

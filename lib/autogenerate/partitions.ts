import { isDeepStrictEqual } from "node:util";
import type { Operation } from "../operations/operation.ts";
import { attachablePart } from "../operations/partition_parts.ts";
import { find } from "../schema/lookup.ts";
import { nameOf } from "../schema/qualified_name.ts";
import type { PartitionOf, Schema, Table } from "../schema/schema.ts";

/** Returns what takes those tables of `a` out of what they are a part of that are no such part in `b`. */
export function detachments(a: Schema, b: Schema): readonly Operation[] {
  return moved(a, b).map(({ table, part: { table: whole, bounds } }): Operation => ({
    kind: "detachPartition",
    table: whole,
    partition: nameOf(table),
    existing: bounds,
  }));
}

/** Returns what makes those tables of `a` parts of others that are no such part in it. */
export function attachments(a: Schema, b: Schema): readonly Operation[] {
  return moved(b, a).map(({ table, part: { table: whole, bounds } }): Operation => ({
    kind: "attachPartition",
    table: whole,
    partition: nameOf(table),
    bounds,
  }));
}

/** Returns `b` as it is before `attachments`: such a table has all itself that it needs for that. */
export function beforeAttachments(a: Schema, b: Schema): Schema {
  const attached = new Map(moved(b, a).map(({ table, part }) => [table, part]));
  const tables = b.tables.map((table): Table => {
    const part = attached.get(table);
    const [whole, before] = [part && find(b, part.table), find(a, table)];
    return whole && before ? attachablePart(b, table, whole, before) : table;
  });
  return { ...b, tables };
}

/** Returns the tables of both that are a part of another one in `from`, and not the same part in `to`. */
function moved(
  from: Schema,
  to: Schema,
): readonly { readonly table: Table; readonly part: PartitionOf }[] {
  return from.tables.flatMap((table) => {
    const part = table.options?.partitionOf;
    const other = part && find(to, table);
    return part && other && !isDeepStrictEqual(part, other.options?.partitionOf)
      ? [{ table, part }]
      : [];
  });
}

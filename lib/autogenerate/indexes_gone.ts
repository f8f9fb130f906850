import type { OperationOf } from "../operations/operation.ts";
import { find } from "../schema/lookup.ts";
import { nameOf } from "../schema/qualified_name.ts";
import type { PartitionOf, Schema, Table } from "../schema/schema.ts";
import { tableKey } from "./part.ts";
import { isReferenced, wholesOf } from "./references.ts";
import { sameIndex } from "./same_content.ts";

/**
 * Returns the operations that drop the indexes of `a` that neither the tables that `parts` are detached from nor these
 * parts have in `b`. While they are attached, this drops theirs, too, whose names no schema says. Unique indexes that
 * foreign keys may need are left out.
 */
export function indexesGone(
  parts: readonly { readonly table: Table; readonly part: PartitionOf }[],
  a: Schema,
  b: Schema,
): readonly OperationOf<"dropIndex">[] {
  const wholes = new Map(
    parts.flatMap(({ part }) => wholesOf(part.table, a)).map((it) => [tableKey(it), nameOf(it)]),
  );
  const keptByParts = parts.flatMap(({ table }) => find(b, table)?.indexes ?? []);
  return [...wholes.values()].flatMap((table) => {
    const kept = [...find(b, table)?.indexes ?? [], ...keptByParts];
    const isNeeded = isReferenced(table, a);
    return (find(a, table)?.indexes ?? [])
      .filter((it) => !(it.unique && isNeeded) && !kept.some((one) => sameIndex(it, one)))
      .map((it) => ({ kind: "dropIndex" as const, table, index: it.name, existing: it }));
  });
}

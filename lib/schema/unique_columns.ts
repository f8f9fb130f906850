import { partsOf } from "./index_element.ts";
import type { Constraint, Index, Table } from "./schema.ts";

/** Returns the columns whose values `part` keeps distinct; `undefined` if it does not, or not for all rows. */
export function uniqueColumns(part: Constraint | Index): readonly string[] | undefined {
  if ("kind" in part) {
    return part.kind === "primaryKey" || part.kind === "unique" ? part.columns : undefined;
  }
  if (!part.unique || part.where !== undefined) return undefined;
  const columns = part.on.map((it) => partsOf(it).on).filter((it) => typeof it === "string");
  return columns.length === part.on.length ? columns : undefined;
}

/**
 * Returns whether a foreign key may refer to `columns` of `table`; without columns, to its primary key.
 * True for a partition, whose keys may be its parent's.
 */
export function mayBeReferredTo(table: Table, columns: readonly string[]): boolean {
  if (table.options?.partitionOf !== undefined) return true;
  const { constraints, indexes } = table;
  if (columns.length === 0) return constraints.some((it) => it.kind === "primaryKey");
  return [...constraints, ...indexes].some((it) => {
    const own = uniqueColumns(it);
    return own?.length === columns.length && own.every((one) => columns.includes(one));
  });
}

import type { Column, Table } from "./schema.ts";

/**
 * Returns the column of `table` that the database counts up by itself: an integer that is the primary
 * key alone, and neither computed nor given a default.
 */
export function countingKey(
  { columns, constraints }: Pick<Table, "columns" | "constraints">,
): Column | undefined {
  const key = constraints.find((it) => it.kind === "primaryKey");
  if (key === undefined || key.columns.length !== 1) return undefined;
  const column = columns.find((it) => it.name === key.columns[0]);
  const counts = column?.type.kind === "integer" && !column.default && !column.generated;
  return counts ? column : undefined;
}

import type { Column, Table } from "./schema.ts";

/**
 * Returns `table`, which is there, with its key marked as one that does not count if it does not say that
 * it does; no other column need say so.
 *
 * @param before The table as it was made, if it was: a key that counted then without saying so still does.
 */
export function settleCounting(table: Table, before?: Table): Table {
  const key = countingKey(table);
  const old = before && countingKey(before);
  const still = old?.identity === undefined && old?.name === key?.name;
  const columns = table.columns.map((it): Column => {
    if (it === key) return it.identity || still ? it : { ...it, identity: "none" };
    if (it.identity !== "none") return it;
    const { identity: _, ...column } = it;
    return column;
  });
  return { ...table, columns };
}

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

import type { Column, Table } from "./schema.ts";

/**
 * Returns `table` as a database describes it: `identity: "none"` is on a key that the database could
 * number but does not, and on no other column.
 *
 * @param before The table before a change to it, if operations made it: a key that was numbered without
 * an explicit `identity` still is.
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
 * Returns the column of `table` that the database numbers by itself: an integer that is the only column
 * of the primary key, and neither generated nor given a default.
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

import type { Column, Table } from "./schema.ts";

/**
 * Returns `table` as a database has it, with `identity: "none"` on a key that could count itself up and
 * does not, and on no other column.
 *
 * @param before The table before a change to it, if it was made by operations: a key that counted then
 * without saying so still does.
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

import { countingKey } from "../schema/counting_key.ts";
import type { Column, Schema, Table } from "../schema/schema.ts";

/**
 * Returns `normalized`, a SQLite schema, with its keys as in `introspected`. Comparisons treat every integer key as
 * an INTEGER, which is the rowid and numbers itself; one declared with another type does not, and stays so here.
 */
export function keysAsDeclared(introspected: Schema, normalized: Schema): Schema {
  const declared = new Map(introspected.tables.map((it) => [it.name, countingKey(it)]));
  return {
    ...normalized,
    tables: normalized.tables.map((table): Table => {
      const key = declared.get(table.name);
      if (key?.type.kind !== "integer" || key.type.bits === 32) return table;
      const { nullable } = key;
      // A native type does not number the column.
      const type = { kind: "native", sql: key.type.bits === 64 ? "BIGINT" : "SMALLINT" } as const;
      const columns = table.columns.map((it): Column =>
        it.name === key.name ? { ...it, nullable, type } : it
      );
      return { ...table, columns };
    }),
  };
}

import type { OperationOf } from "../operations/operation.ts";
import { nameOf } from "../schema/qualified_name.ts";
import type { Column, Schema } from "../schema/schema.ts";
import { isNumbered, type NumberedColumn, sequenceOf } from "../schema/serial.ts";
import { wordsIn } from "../sql/words.ts";
import { columnKey, type Key } from "./part.ts";

/**
 * Returns the operations that give sequences of columns in `a` the names that they have in `b`, if something in
 * `b` names them: a grant, a view, the default of another column.
 */
export function sequenceRenames(a: Schema, b: Schema): readonly OperationOf<"alterColumn">[] {
  const numbered = numberedIn(a);
  const differing = b.tables.flatMap((table) =>
    table.columns.filter(isNumbered).flatMap((column) => {
      const before = numbered.get(columnKey(table, column.name));
      return before && before.sequenceName !== column.sequenceName ? { table, column, before } : [];
    })
  );
  if (differing.length === 0) return [];
  const words = wordsOf(b);
  return differing.filter((it) => words.has(sequenceOf(it.table, it.column).name))
    .map(({ table, column, before: { identity: generation, sequenceName = null } }) => ({
      kind: "alterColumn",
      table: nameOf(table),
      column: column.name,
      change: { identity: { generation, sequenceName: column.sequenceName ?? null } },
      existing: { identity: { generation, sequenceName } },
    }));
}

/** Returns `b` where the sequences of columns have the names that they have in `a`: all others do not matter. */
export function withSequencesOf(b: Schema, a: Schema): Schema {
  const numbered = numberedIn(a);
  const tables = b.tables.map((table) => ({
    ...table,
    columns: table.columns.map((column): Column => {
      const before = numbered.get(columnKey(table, column.name));
      if (!before || !isNumbered(column)) return column;
      const { sequenceName: _, ...rest } = column;
      const { sequenceName } = before;
      return { ...rest, ...(sequenceName !== undefined && { sequenceName }) };
    }),
  }));
  return { ...b, tables };
}

/** Returns the columns that sequences number, by their keys. */
function numberedIn({ tables }: Schema): ReadonlyMap<Key, NumberedColumn> {
  return new Map(
    tables.flatMap((table) =>
      table.columns.filter(isNumbered).map((it) => [columnKey(table, it.name), it] as const)
    ),
  );
}

/** Returns the words of what may name a sequence. */
function wordsOf({ tables, objects }: Schema): ReadonlySet<string> {
  const defaults = tables.flatMap(({ columns }) => columns.flatMap((it) => it.default?.sql ?? []));
  const definitions = objects.map((it) => it.definition.sql);
  return new Set([...defaults, ...definitions].flatMap((it) => [...wordsIn(it)]));
}

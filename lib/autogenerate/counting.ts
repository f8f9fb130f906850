import type { OperationOf } from "../operations/operation.ts";
import { sameName } from "../schema/qualified_name.ts";
import type { Column, QualifiedName, Schema, Table } from "../schema/schema.ts";
import { sequenceOf, spelledOut } from "../schema/serial.ts";
import { alterColumn } from "./alter_column.ts";
import { type Key, tableKey } from "./part.ts";

/**
 * Returns `schema` with those SERIAL columns spelled out whose sequence is kept: it is an object of its own in
 * `other`, or belongs in both to a table that is recreated.
 */
export function spelledAs(schema: Schema, other: Schema, remade: ReadonlySet<Key>): Schema {
  const [own, others] = [schema, other].map((it) =>
    it.tables.filter((table) => remade.has(tableKey(table))).flatMap(serials)
  );
  const kept = [
    ...other.objects.filter((it) => it.kind === "sequence"),
    ...others?.filter((it) => own?.some((one) => sameName(it, one))) ?? [],
  ];
  return spelledOut(schema, (name) => kept.some((it) => sameName(it, name)));
}

function serials(table: Table): readonly QualifiedName[] {
  return table.columns.filter((it) => it.identity === "serial")
    .map((it) => sequenceOf(table, it));
}

/** Returns the operations after which the columns of `tables` are no longer numbered. */
export function stops(
  schema: Schema,
  tables: readonly QualifiedName[],
): readonly OperationOf<"alterColumn">[] {
  return schema.tables.filter((it) => tables.some((one) => sameName(it, one))).flatMap((table) =>
    table.columns.flatMap((it) => alterColumn(table, it, uncounted(it)) ?? [])
  );
}

/** Returns the operations after which they are numbered again, on from the greatest of their values. */
export function starts(
  schema: Schema,
  tables: readonly QualifiedName[],
): readonly OperationOf<"alterColumn">[] {
  return stops(schema, tables).map(({ change, existing = {}, ...it }) => ({
    ...it,
    change: existing,
    existing: change,
  }));
}

function uncounted({ identity: _, sequence: __, sequenceName: ___, ...column }: Column): Column {
  return column;
}

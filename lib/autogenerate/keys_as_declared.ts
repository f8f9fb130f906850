import type { DialectName } from "../dialect/dialect.ts";
import { countingKey } from "../schema/counting_key.ts";
import { showName } from "../schema/qualified_name.ts";
import type { Column, Schema, Table } from "../schema/schema.ts";

/**
 * Returns `normalized` with its keys as `introspected` has them. Comparisons take every integer key for one that
 * counts itself up in the database's usual way; one that does not, or does in another way, stays so here.
 */
export function keysAsDeclared(
  introspected: Schema,
  normalized: Schema,
  dialect: DialectName,
): Schema {
  const declared = new Map(introspected.tables.map((it) => [showName(it), it]));
  return {
    ...normalized,
    tables: normalized.tables.map((table): Table => {
      const key = countingKey({ ...table, columns: table.columns.map(withoutDefault) })?.name;
      const own = declared.get(showName(table))?.columns.find((it) => it.name === key);
      if (own === undefined) return table;
      const columns = table.columns.map((it) =>
        it.name === key ? keyAsDeclared(it, own, dialect) : it
      );
      return { ...table, columns };
    }),
  };
}

function withoutDefault({ default: _, ...column }: Column): Column {
  return column;
}

/** The type that no dialect has words for counts nothing up. */
function keyAsDeclared(column: Column, declared: Column, dialect: DialectName): Column {
  const { type, nullable, default: value } = declared;
  const counts = dialect === "sqlite"
    ? type.kind !== "integer" || type.bits === 32
    : declared.identity !== undefined;
  if (counts || type.kind !== "integer") return column;
  const { identity: _, sequence: __, ...rest } = column;
  if (value) return { ...rest, type, nullable, default: value };
  const sql = ({ 16: "SMALLINT", 32: "INTEGER", 64: "BIGINT" } as const)[type.bits];
  return { ...rest, nullable, type: { kind: "native", sql } };
}

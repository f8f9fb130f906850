import type { Column, Schema, Table } from "../schema/schema.ts";
import { quoteIdentifier, quoteName } from "../sql/quote.ts";
import type { Statement } from "../sql/statement.ts";

/** What makes the sequences of SERIAL columns. */
export interface OwnedSequences {
  /** Run before the tables are made. */
  readonly creations: readonly Statement[];
  /** Run when they are there: so they go with their columns. */
  readonly owners: readonly Statement[];
}

/**
 * Returns the sequences that columns of `schema` count with and that are no objects of it: PostgreSQL has made
 * them for columns that are SERIAL.
 */
export function ownedSequences({ tables, objects }: Schema): OwnedSequences {
  const known = new Set(
    objects.filter((it) => it.kind === "sequence").map((it) => quoteName(it)),
  );
  const owned = new Map<string, { readonly table: Table; readonly column: Column }>();
  for (const table of tables) {
    for (const column of table.columns) {
      const name = sequenceOf(column, table);
      if (name && !known.has(name) && !owned.has(name)) owned.set(name, { table, column });
    }
  }
  const found = [...owned].toSorted(([a], [b]) => a < b ? -1 : 1);
  return {
    creations: found.map(([name, { column }]) => ({
      sql: `CREATE SEQUENCE ${name}${typeOf(column)}`,
    })),
    owners: found.map(([name, { table, column }]) => ({
      sql: `ALTER SEQUENCE ${name} OWNED BY ${quoteName(table)}.${quoteIdentifier(column.name)}`,
    })),
  };
}

/** Returns the name of the sequence, as it is written in the default; it lives where its table does. */
function sequenceOf({ default: value }: Column, table: Table): string | undefined {
  const [, text] = /^nextval\('((?:[^']|'')*)'::regclass\)$/.exec(value?.sql ?? "") ?? [];
  const name = text?.replaceAll("''", "'");
  const schema = table.schema === undefined ? "" : `${quoteIdentifier(table.schema)}.`;
  const isBeside = name?.startsWith(schema) &&
    /^(?:[^".]+|"(?:[^"]|"")+")$/.test(name.slice(schema.length));
  return isBeside ? name : undefined;
}

function typeOf({ type }: Column): string {
  if (type.kind !== "integer" || type.bits === 64) return "";
  return type.bits === 16 ? " AS smallint" : " AS integer";
}

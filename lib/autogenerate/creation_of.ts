import type { Operation } from "../operations/operation.ts";
import { emptySchema, type Schema, type Table } from "../schema/schema.ts";
import type { Capabilities } from "./capabilities.ts";
import { diff } from "./diff.ts";
import { objectKey } from "./part.ts";

/**
 * Returns the operations that create `schema` from nothing, in an order in which they can run. That order
 * depends only on the contents of the schema, not on how they are listed or in which order they were created.
 *
 * @param schema Normalized.
 */
export function creationOf(schema: Schema, capabilities: Capabilities): readonly Operation[] {
  return diff(emptySchema, canonical(schema, capabilities), capabilities);
}

/**
 * Returns `schema` with everything in a canonical order, except columns, whose order is significant.
 * PostgreSQL's objects already are; SQLite's may be in any order, and are sorted.
 */
function canonical(schema: Schema, { rebuildsTables }: Capabilities): Schema {
  return {
    ...schema,
    tables: schema.tables.map(withSortedParameters),
    objects: rebuildsTables
      ? schema.objects.toSorted((a, b) => compare(objectKey(a), objectKey(b)))
      : schema.objects,
  };
}

function withSortedParameters(table: Table): Table {
  const { options } = table;
  return {
    ...table,
    ...(options?.with && { options: { ...options, with: sorted(options.with) } }),
    indexes: table.indexes.map((it) => it.with ? { ...it, with: sorted(it.with) } : it),
  };
}

function sorted(parameters: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(parameters).toSorted(([a], [b]) => compare(a, b)));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

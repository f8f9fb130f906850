import type { Schema } from "../../schema/schema.ts";

/**
 * Returns how many tables, types and objects of either schema have no exact counterpart in the
 * other.
 */
export function unlike(a: Schema, b: Schema): number {
  const [one, other] = [textsOf(a), textsOf(b)];
  return one.symmetricDifference(other).size;
}

function textsOf({ tables, enums, objects }: Schema): ReadonlySet<string> {
  const all = [
    ...tables.map((it) => ({
      ...it,
      // The order of columns does not matter.
      columns: it.columns.toSorted((a, b) => a.name < b.name ? -1 : 1),
    })),
    ...enums,
    ...objects,
  ];
  return new Set(all.map((it) => JSON.stringify(it, plain)));
}

function plain(_key: string, value: unknown): unknown {
  return typeof value === "bigint" ? String(value) : value;
}

import { type Key, objectKey, tableKey, typeKey } from "../../autogenerate/part.ts";
import type { Schema } from "../../schema/schema.ts";

/**
 * Returns how much two schemas differ: 1 for each table, type or object that is different in them, 2 for each
 * that only one of them has.
 */
export function unlike(a: Schema, b: Schema): number {
  const [one, other] = [textsOf(a), textsOf(b)];
  const keys = [...new Set([...one.keys(), ...other.keys()])];
  return keys.reduce((sum, it) => {
    if (!one.has(it) || !other.has(it)) return sum + 2;
    return one.get(it) === other.get(it) ? sum : sum + 1;
  }, 0);
}

function textsOf({ tables, enums, objects }: Schema): ReadonlyMap<Key, string> {
  return new Map([
    ...tables.map((it) => {
      // The order of columns does not matter.
      const columns = it.columns.toSorted((a, b) => a.name < b.name ? -1 : 1);
      return [tableKey(it), text({ ...it, columns })] as const;
    }),
    ...enums.map((it) => [typeKey(it), text(it)] as const),
    ...objects.map((it) => [objectKey(it), text(it)] as const),
  ]);
}

function text(part: unknown): string {
  return JSON.stringify(part, plain);
}

function plain(_key: string, value: unknown): unknown {
  return typeof value === "bigint" ? String(value) : value;
}

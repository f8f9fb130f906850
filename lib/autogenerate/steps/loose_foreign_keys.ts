import { type Key, keyOf, type Part, tableKey } from "../part.ts";
import type { Needs } from "./needs.ts";

/**
 * Returns the foreign keys through which the tables of `parts`, all of them created or all dropped, need
 * each other in a cycle, or need a table with partitions: without them, there is an order in which the
 * tables can be created, and dropped again.
 */
export function looseForeignKeys(parts: readonly Part[], needs: Needs): ReadonlySet<Key> {
  const tables = parts.filter((it) => it.kind === "table");
  const edges = new Map(tables.map((it) => [keyOf(it), new Set<Key>()]));
  for (const part of parts) {
    if (!("table" in part) || isForeignKey(part)) continue;
    const own = edges.get(tableKey(part.table));
    for (const key of needs.of(part)) if (edges.has(key)) own?.add(key);
  }
  const wholes = new Set(
    tables.flatMap(({ table: { options } }) =>
      options?.partitionOf && edges.has(tableKey(options.partitionOf.table))
        ? [tableKey(options.partitionOf.table)]
        : []
    ),
  );
  const loose = new Set<Key>();
  for (const part of parts) {
    if (!isForeignKey(part)) continue;
    const { columns: _, ...target } = part.constraint.references;
    const [from, to] = [tableKey(part.table), tableKey(target)];
    // No partition can be dropped while something references the whole.
    if (wholes.has(to)) loose.add(keyOf(part));
    if (from === to || !edges.has(to)) continue;
    if (leadsTo(to, from, edges)) loose.add(keyOf(part));
    else edges.get(from)?.add(to);
  }
  return loose;
}

type ForeignKey = Extract<Part, { kind: "constraint" }> & {
  readonly constraint: { readonly kind: "foreignKey" };
};

function isForeignKey(part: Part): part is ForeignKey {
  return part.kind === "constraint" && part.constraint.kind === "foreignKey";
}

function leadsTo(from: Key, to: Key, edges: ReadonlyMap<Key, ReadonlySet<Key>>): boolean {
  const seen = new Set([from]);
  const waiting = [from];
  for (let key = waiting.pop(); key !== undefined; key = waiting.pop()) {
    if (key === to) return true;
    for (const next of edges.get(key) ?? []) {
      if (seen.has(next)) continue;
      seen.add(next);
      waiting.push(next);
    }
  }
  return false;
}

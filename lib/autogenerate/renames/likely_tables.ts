import { nameOf } from "../../schema/qualified_name.ts";
import type { QualifiedName, Schema, Table } from "../../schema/schema.ts";
import { sameFamily, sameType } from "../../schema/type_family.ts";
import { bestPairs, type Pair } from "./best_pairs.ts";
import { nameLikeness } from "./name_likeness.ts";
import { tableKey } from "../part.ts";
import type { Rename } from "./rename.ts";

/** A table that seems to have been renamed. */
export interface LikelyTable {
  readonly rename: Rename & { readonly kind: "table" };
  readonly likeness: number;
}

/**
 * Returns the tables that only `a` has and that seem, by their columns, to be tables that only `b` has;
 * none if there are hundreds of each.
 */
export function likelyTables(a: Schema, b: Schema): readonly LikelyTable[] {
  return alikeTables(a, b, (from, to) => from.schema === to.schema)
    .map(({ from: { schema, name }, to, likeness }) => ({
      rename: { kind: "table", ...(schema !== undefined && { schema }), from: name, to: to.name },
      likeness,
    }));
}

/** A table that seems to have been moved to another schema, under its name. */
export interface MovedTable {
  readonly from: QualifiedName;
  readonly to: QualifiedName;
}

/** Returns the tables that only `a` has and that seem to be those of the same name in another schema of `b`. */
export function movedTables(a: Schema, b: Schema): readonly MovedTable[] {
  return alikeTables(a, b, (from, to) => from.name === to.name && from.schema !== to.schema)
    .map(({ from, to }) => ({ from: nameOf(from), to: nameOf(to) }));
}

function alikeTables(
  a: Schema,
  b: Schema,
  isPossible: (from: Table, to: Table) => boolean,
): readonly Pair<Table>[] {
  const gone = without(a, b);
  const made = without(b, a);
  const pairsToSee = gone.length * made.length;
  if (pairsToSee === 0 || pairsToSee > mostPairs) return [];
  const weights = weightsOf([...a.tables, ...b.tables]);
  const shapes = new Map([...gone, ...made].map((it) => [it, shapeOf(it, weights)]));
  const pairs = gone.flatMap((from) =>
    made.flatMap((to): readonly Pair<Table>[] => {
      const [old, now] = [shapes.get(from), shapes.get(to)];
      if (!old || !now || !isPossible(from, to)) return [];
      const likeness = overlap(old, now) * 0.9 + nameLikeness(from.name, to.name) * 0.1;
      return likeness < least ? [] : [{ from, to, likeness }];
    })
  );
  return bestPairs(pairs).toSorted((x, y) => gone.indexOf(x.from) - gone.indexOf(y.from));
}

const least = 0.6;

/** Two hundred tables that become two hundred others were not renamed. */
const mostPairs = 40_000;

function without(schema: Schema, other: Schema): readonly Table[] {
  const there = new Set(other.tables.map((it) => tableKey(it)));
  return schema.tables.filter((it) => !there.has(tableKey(it)) && it.columns.length > 0);
}

/** A column that many tables have, such as an id or a creation time, says little. */
function weightsOf(tables: readonly Table[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { columns } of tables) {
    for (const { name } of columns) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return new Map([...counts].map(([name, count]) => [name, 1 / Math.max(count, 2)]));
}

interface Shape {
  readonly columns: ReadonlyMap<
    string,
    { readonly type: Table["columns"][number]["type"]; readonly weight: number }
  >;
  readonly weight: number;
}

function shapeOf({ columns }: Table, weights: ReadonlyMap<string, number>): Shape {
  const weighed = columns.map(({ name, type }) =>
    [name, { type, weight: weights.get(name) ?? 0 }] as const
  );
  return {
    columns: new Map(weighed),
    weight: weighed.reduce((sum, [, { weight }]) => sum + weight, 0),
  };
}

/** Returns how much the two have in common, from 0 to 1. */
function overlap(a: Shape, b: Shape): number {
  const all = a.weight + b.weight;
  if (2 * Math.min(a.weight, b.weight) < all * (least - 0.1)) return 0;
  let shared = 0;
  for (const [name, { type, weight }] of a.columns) {
    const other = b.columns.get(name);
    if (other === undefined) continue;
    shared += weight * (sameType(type, other.type) ? 1 : sameFamily(type, other.type) ? 0.8 : 0.3);
  }
  return 2 * shared / all;
}

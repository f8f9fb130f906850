import { isDeepStrictEqual } from "node:util";
import { renameColumnIn } from "../../operations/apply/rename.ts";
import { columnsOf } from "../../schema/columns_of.ts";
import { nameOf } from "../../schema/qualified_name.ts";
import type { Column, Schema, Table } from "../../schema/schema.ts";
import { sameFamily, sameType } from "../../schema/type_family.ts";
import { bestPairs, type Pair } from "./best_pairs.ts";
import { nameLikeness } from "./name_likeness.ts";
import { tableKey } from "../part.ts";
import type { Rename } from "./rename.ts";
import { sameConstraint, sameIndex } from "../same_content.ts";

/** A column that seems to have been renamed. */
export interface LikelyColumn {
  readonly rename: Rename & { readonly kind: "column" };
  readonly likeness: number;
}

/** Returns the columns that seem to have been renamed in `b`, in tables of both schemas, in the order of `b`. */
export function likelyColumns(a: Schema, b: Schema): readonly LikelyColumn[] {
  const old = new Map(a.tables.map((it) => [tableKey(it), it]));
  return b.tables.flatMap((table) => {
    const before = old.get(tableKey(table));
    return before ? inTable(before, table) : [];
  });
}

function inTable(before: Table, after: Table): readonly LikelyColumn[] {
  const gone = without(before, after);
  const made = gone.length === 0 ? [] : without(after, before);
  const pairs = gone.flatMap((from) =>
    made.flatMap((to): readonly Pair<Column>[] => {
      if (!canBe(from, to)) return [];
      const likeness = points(before, after, from, to) / 100;
      return likeness < least ? [] : [{ from, to, likeness }];
    })
  );
  return bestPairs(pairs)
    .toSorted((x, y) => after.columns.indexOf(x.to) - after.columns.indexOf(y.to))
    .map(({ from, to, likeness }) => ({
      rename: { kind: "column", table: nameOf(after), from: from.name, to: to.name },
      likeness,
    }));
}

const least = 0.6;

function without(table: Table, other: Table): readonly Column[] {
  const there = new Set(other.columns.map((it) => it.name));
  return table.columns.filter((it) => !there.has(it.name));
}

/** Says whether a rename from one to the other is possible at all. */
function canBe(from: Column, to: Column): boolean {
  return sameFamily(from.type, to.type) && !from.generated === !to.generated &&
    !from.identity === !to.identity;
}

/** Returns the evidence that both are the same column, up to a hundred points. */
function points(before: Table, after: Table, from: Column, to: Column): number {
  const { name: _, ...old } = from;
  const { name: __, ...now } = to;
  return (sameType(from.type, to.type) ? 30 : 15) +
    neighbours(before, after, from, to) * 10 +
    standing(before, after, from.name, to.name) +
    (isDeepStrictEqual({ ...old, type: to.type }, now) ? 10 : 0) +
    nameLikeness(from.name, to.name) * 20;
}

/** Returns how many of the column's two neighbours, among the columns that both tables have, are the same. */
function neighbours(before: Table, after: Table, from: Column, to: Column): number {
  const [old, now] = [beside(before, after, from), beside(after, before, to)];
  return old.filter((it, at) => it === now[at]).length;
}

function beside(table: Table, other: Table, column: Column): readonly (string | undefined)[] {
  const there = new Set(other.columns.map((it) => it.name));
  const at = table.columns.indexOf(column);
  const isShared = ({ name }: Column) => there.has(name);
  return [
    table.columns.slice(0, at).findLast(isShared)?.name,
    table.columns.slice(at + 1).find(isShared)?.name,
  ];
}

/** Constraints and indexes on both columns are evidence for a rename, those on only one evidence against it. */
function standing(before: Table, after: Table, from: string, to: string): number {
  const old = onColumn(renameColumnIn(before, before, from, to), to);
  const now = onColumn(after, to);
  const all = old.length + now.length;
  if (all === 0) return 10;
  const shared = old.filter((it) => now.some((one) => isSame(it, one))).length;
  return 20 * 2 * shared / all;
}

type Standing = Table["constraints"][number] | Table["indexes"][number];

function onColumn(table: Table, column: string): readonly Standing[] {
  return [...table.constraints, ...table.indexes].filter((it) => columnsOf(it).has(column));
}

function isSame(a: Standing, b: Standing): boolean {
  if ("kind" in a) return "kind" in b && sameConstraint(a, b);
  return !("kind" in b) && sameIndex(a, b);
}

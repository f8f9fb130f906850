import { findEnum } from "../../schema/lookup.ts";
import { nameOf } from "../../schema/qualified_name.ts";
import type { Schema } from "../../schema/schema.ts";
import { nameLikeness } from "./name_likeness.ts";
import type { Rename } from "./rename.ts";

/** An enum value that seems to have been renamed. */
export interface LikelyEnumValue {
  readonly rename: Rename & { readonly kind: "enumValue" };
  readonly likeness: number;
}

/** Returns the values that `b` seems to replace by others, in enum types of both schemas. */
export function likelyEnumValues(a: Schema, b: Schema): readonly LikelyEnumValue[] {
  return b.enums.flatMap((type) => {
    const before = findEnum(a, type);
    return before === undefined ? [] : inEnum(before.values, type.values).map(([from, to]) => ({
      rename: { kind: "enumValue", enum: nameOf(type), from, to },
      likeness: 0.6 + nameLikeness(from, to) * 0.4,
    }));
  });
}

/** Between two values that stay, as many must be added as removed. If few stay, the names must be similar, too. */
function inEnum(before: readonly string[], after: readonly string[]): readonly [string, string][] {
  const [old, now] = [stretches(before, after), stretches(after, before)];
  if (!sameWords(old.kept, now.kept)) return [];
  const stays = old.kept.length * 2 >= before.length;
  return old.between.flatMap((gone, at) => {
    const made = now.between[at] ?? [];
    if (gone.length !== made.length) return [];
    return gone.map((from, nth): [string, string] => [from, made[nth] ?? from])
      .filter(([from, to]) => stays || nameLikeness(from, to) >= 0.5);
  });
}

/** Returns the values that `other` has as well, and the stretches of other values before, between and after them. */
function stretches(
  values: readonly string[],
  other: readonly string[],
): { readonly kept: readonly string[]; readonly between: readonly (readonly string[])[] } {
  const kept = values.filter((it) => other.includes(it));
  const ends = [-1, ...kept.map((it) => values.indexOf(it)), values.length];
  return { kept, between: ends.slice(1).map((end, at) => values.slice((ends[at] ?? 0) + 1, end)) };
}

function sameWords(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((it, at) => it === b[at]);
}

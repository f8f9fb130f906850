import type { Operation } from "../operations/operation.ts";
import { nameOf } from "../schema/qualified_name.ts";
import type { Enum } from "../schema/schema.ts";

/**
 * Returns the operations that give the type `before` the values of `after`: to remove or reorder values,
 * the type must be recreated.
 */
export function alterEnum(before: Enum, after: Enum): readonly Operation[] {
  const kept = after.values.filter((it) => before.values.includes(it));
  const keepsAll = kept.length === before.values.length &&
    kept.every((it, at) => it === before.values[at]);
  return keepsAll ? addValues(before, after) : [remakeEnum(before, after)];
}

/** Returns the operation that recreates the type with the values of `after`. */
export function remakeEnum(before: Enum, after: Enum): Operation {
  return {
    kind: "changeEnum",
    name: nameOf(before),
    values: after.values,
    existing: before.values,
  };
}

function addValues(before: Enum, after: Enum): readonly Operation[] {
  let existing = before.values;
  return after.values.flatMap((value, at): readonly Operation[] => {
    if (existing.includes(value)) return [];
    const [previous, next] = [after.values[at - 1], existing[at]];
    const place = next === undefined
      ? undefined
      : previous === undefined
      ? { before: next }
      : { after: previous };
    const operation = {
      kind: "addEnumValue",
      name: nameOf(before),
      value,
      ...(place && { place }),
      existing,
    } as const;
    existing = existing.toSpliced(at, 0, value);
    return [operation];
  });
}

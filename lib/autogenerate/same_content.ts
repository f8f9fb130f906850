import { isDeepStrictEqual } from "node:util";
import type { Constraint, Index } from "../schema/schema.ts";

/** Says whether both constraints are the same, whatever their names. */
export function sameConstraint(a: Constraint, b: Constraint): boolean {
  return isDeepStrictEqual(withoutName(a), withoutName(b));
}

/** Says whether both indexes are the same, whatever their names. */
export function sameIndex(a: Index, b: Index): boolean {
  return isDeepStrictEqual({ ...a, name: "" }, { ...b, name: "" });
}

function withoutName({ name: _, final: __, ...rest }: Constraint): Omit<Constraint, "name"> {
  return rest;
}

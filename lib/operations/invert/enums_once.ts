import { sameName } from "../../schema/qualified_name.ts";
import type { Recorded } from "../operation.ts";

/**
 * Returns `inverse` with only the last of several changes of an enum type that follow each other: each of
 * them recreates the type, and the tables that have it.
 */
export function enumsOnce(inverse: readonly Recorded[]): readonly Recorded[] {
  return inverse.filter(({ operation }, at) => {
    const next = inverse[at + 1]?.operation;
    return !(operation.kind === "changeEnum" && next?.kind === "changeEnum" &&
      sameName(operation.name, next.name));
  });
}

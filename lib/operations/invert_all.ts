import { apply } from "./apply.ts";
import { invert } from "./invert.ts";
import type { Irreversible, Recorded } from "./operation.ts";
import type { Schema } from "../schema/schema.ts";

/**
 * Returns what undoes all of `recorded`, in the order to run it, or why nothing can; each keeps the
 * place that it undoes.
 *
 * @param before The schema that the first was done to, where that is known.
 */
export function invertAll(
  recorded: readonly Recorded[],
  before?: Schema,
): readonly Recorded[] | Irreversible {
  const inverse: Recorded[] = [];
  let schema = before;
  for (const { operation, at } of recorded) {
    const undone = invert(operation, schema);
    if ("reason" in undone) return { reason: `${undone.reason} (${operation.kind})` };
    inverse.unshift(...undone.map((it) => ({ operation: it, at })));
    schema = schema && apply(operation, schema);
  }
  return inverse;
}

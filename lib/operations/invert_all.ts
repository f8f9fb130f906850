import { invert } from "./invert.ts";
import type { Irreversible, Recorded } from "./operation.ts";

/** Returns what undoes all of `recorded`, in the order to run it, or why nothing can; each keeps the place that it undoes. */
export function invertAll(recorded: readonly Recorded[]): readonly Recorded[] | Irreversible {
  const inverse: Recorded[] = [];
  for (const { operation, at } of recorded.toReversed()) {
    const undone = invert(operation);
    if ("reason" in undone) return { reason: `${undone.reason} (${operation.kind})` };
    inverse.push(...undone.map((it) => ({ operation: it, at })));
  }
  return inverse;
}

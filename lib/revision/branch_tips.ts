import type { RevisionId } from "./revision.ts";
import type { RevisionMap } from "./revision_map.ts";

/**
 * Returns the last applied revision of every branch, in load order.
 *
 * Those are the known ones of `rows`, and their dependencies in branches that have no row of their own.
 */
export function branchTips(map: RevisionMap, rows: readonly RevisionId[]): readonly RevisionId[] {
  const applied = map.ancestors(rows);
  const tips = [...applied].filter((id) => !map.children(id).some((it) => applied.has(it.id)));
  return map.inLoadOrder(tips);
}

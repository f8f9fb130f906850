import type { Node } from "./node.ts";
import type { Ranks } from "./ranks.ts";
import type { Revision, RevisionId } from "./revision.ts";

/** Tells whether a down ancestor of `node` depends on `needed` too, so that it is met without saying. */
export function isImplied(
  needed: Revision,
  node: Node,
  nodes: ReadonlyMap<RevisionId, Node>,
  ranks: Ranks,
): boolean {
  const dependents = new Set(nodes.get(needed.id)?.dependents);
  if (dependents.size < 2) return false;
  // All dependents rank above what they depend on, so what ranks lower leads to none of them.
  const floor = ranks.get(needed) ?? 0;
  const seen = new Set<Revision>();
  const open = [node.revision];
  for (let at = open.pop(); at; at = open.pop()) {
    for (const below of nodes.get(at.id)?.downRevisions ?? []) {
      if (seen.has(below) || (ranks.get(below) ?? 0) <= floor) continue;
      if (dependents.has(below)) return true;
      seen.add(below);
      open.push(below);
    }
  }
  return false;
}

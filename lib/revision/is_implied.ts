import type { Node } from "./node.ts";

/**
 * Says whether a down ancestor of `node` depends on `needed`, too, so that `node` need not state it.
 */
export function isImplied(needed: Node, node: Node): boolean {
  const sought = new Set(needed.dependents.filter((it) => it.rank < node.rank));
  // Revisions that rank lower than all of them do not lead to any of them.
  const lowest = sought.values().reduce((rank, it) => Math.min(rank, it.rank), node.rank);
  const seen = new Set<Node>();
  const open = [node];
  for (let at = open.pop(); at; at = open.pop()) {
    for (const below of at.downRevisions) {
      if (below.rank < lowest || seen.has(below)) continue;
      if (sought.has(below)) return true;
      seen.add(below);
      open.push(below);
    }
  }
  return false;
}

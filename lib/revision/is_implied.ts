import type { Node } from "./node.ts";
import type { Revision, RevisionId } from "./revision.ts";

/** Tells whether a down ancestor of `node` depends on `needed` too, so that it is met without saying. */
export function isImplied(
  needed: Revision,
  node: Node,
  nodes: ReadonlyMap<RevisionId, Node>,
): boolean {
  const others = (nodes.get(needed.id)?.dependents ?? []).flatMap(({ id }) => nodes.get(id) ?? [])
    .filter((it) => it.rank < node.rank);
  // What ranks lower than all of them has none of them above it, nor below.
  const lowest = others.reduce((rank, it) => Math.min(rank, it.rank), node.rank);
  const sought = new Set<Node>(others);
  const seen = new Set<Node>();
  const open = [node];
  for (let at = open.pop(); at && sought.size > 0; at = open.pop()) {
    for (const { id } of at.downRevisions) {
      const below = nodes.get(id);
      if (!below || below.rank < lowest || seen.has(below)) continue;
      if (sought.has(below)) return true;
      seen.add(below);
      open.push(below);
    }
  }
  return false;
}

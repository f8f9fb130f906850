import type { Node } from "./node.ts";
import type { Revision, RevisionId } from "./revision.ts";
import type { RevisionMap } from "./revision_map.ts";

/**
 * Returns the revisions of `ids`, newest first: each before everything that it needs, and one branch to
 * its end before the next begins. Branches meet at their branch point.
 *
 * @param ids Must be closed: with two revisions, it includes all those between them.
 * @param tips Where to begin; those not in `ids` are ignored. The maximal elements of `ids` are always
 * included.
 */
export function sortRevisions(
  map: RevisionMap,
  ids: ReadonlySet<RevisionId>,
  tips: Iterable<RevisionId> = [],
): readonly Revision[] {
  const unmet = countAbove(map, ids);
  const isTip = new Set(tips);
  const front = unmet.entries().filter(([node, count]) =>
    count === 0 || isTip.has(node.revision.id)
  )
    .map(([node]) => node).toArray().sort((a, b) => a.index - b.index);
  const listed = new Set(front);
  const sorted: Revision[] = [];
  let at = 0;
  for (let node = front[at]; node; node = front[at]) {
    if (unmet.get(node) !== 0) {
      at = firstAbove(node, front);
      continue;
    }
    sorted.push(node.revision);
    const others: Node[] = [];
    for (const it of node.parents) {
      const count = unmet.get(it);
      if (count === undefined) continue;
      unmet.set(it, count - 1);
      if (listed.has(it)) continue;
      listed.add(it);
      others.push(it);
    }
    const first = others.shift();
    if (first) {
      front[at] = first;
      front.push(...others);
    } else {
      front.splice(at, 1);
      at = Math.max(at - 1, 0);
    }
  }
  return sorted;
}

/** Returns for each of `ids` how many of the others need it directly. */
function countAbove(map: RevisionMap, ids: ReadonlySet<RevisionId>): Map<Node, number> {
  const counts = new Map<Node, number>();
  for (const id of ids) {
    const node = map.node(id);
    if (node) counts.set(node, 0);
  }
  for (const node of counts.keys()) {
    for (const it of node.parents) {
      const count = counts.get(it);
      if (count !== undefined) counts.set(it, count + 1);
    }
  }
  return counts;
}

/** Returns the index of the first node in `front` that needs `node`; there must be one. */
function firstAbove(node: Node, front: readonly Node[]): number {
  // Nodes found below one of them, other than `node`, need not be visited again below the next.
  const seen = new Set<Node>([node]);
  return front.findIndex((tip) => {
    if (seen.has(tip)) return false;
    seen.add(tip);
    const open = [tip];
    for (let at = open.pop(); at; at = open.pop()) {
      for (const below of at.parents) {
        if (below === node) return true;
        if (seen.has(below) || below.rank < node.rank) continue;
        seen.add(below);
        open.push(below);
      }
    }
    return false;
  });
}

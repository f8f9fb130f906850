import type { Revision, RevisionId } from "./revision.ts";
import type { RevisionMap } from "./revision_map.ts";

/**
 * Returns the revisions of `ids`, newest first: each before all that it needs, and one branch to its
 * end before the next is begun. Branches meet at their branch point.
 *
 * @param ids Closed: with two revisions it has all that lie between them.
 * @param tips Where to begin, those of them that are in `ids`; the maximal of `ids` are always among them.
 */
export function sortRevisions(
  map: RevisionMap,
  ids: ReadonlySet<RevisionId>,
  tips: Iterable<RevisionId> = [],
): readonly Revision[] {
  const above = countAbove(map, ids);
  const isTip = new Set(tips);
  const front = map.inLoadOrder(ids).filter((it) => isTip.has(it) || above.get(it) === 0);
  const listed = new Set(front);
  const sorted: Revision[] = [];
  let at = 0;
  for (let id = front[at]; id !== undefined; id = front[at]) {
    if ((above.get(id) ?? 0) > 0) {
      at = firstAbove(map, id, front);
      continue;
    }
    const revision = map.get(id);
    if (revision) sorted.push(revision);
    listed.delete(id);
    const below = map.parents(id).map((it) => it.id).filter((it) => ids.has(it));
    for (const it of below) above.set(it, (above.get(it) ?? 0) - 1);
    const [first, ...others] = below.filter((it) => !listed.has(it));
    if (first === undefined) {
      front.splice(at, 1);
      at = Math.max(at - 1, 0);
    } else {
      front[at] = first;
      front.push(...others);
      listed.add(first);
      for (const it of others) listed.add(it);
    }
  }
  return sorted;
}

/** Returns how many of `ids` need each of them directly. */
function countAbove(map: RevisionMap, ids: ReadonlySet<RevisionId>): Map<RevisionId, number> {
  const counts = new Map<RevisionId, number>();
  for (const id of ids) counts.set(id, 0);
  for (const id of ids) {
    for (const it of map.parents(id)) {
      const count = counts.get(it.id);
      if (count !== undefined) counts.set(it.id, count + 1);
    }
  }
  return counts;
}

/** Returns the first place in `front` of a revision that needs `id`, which some other there does. */
function firstAbove(map: RevisionMap, id: RevisionId, front: readonly RevisionId[]): number {
  // What was seen below one of them, and was not `id`, need not be seen again below the next.
  const seen = new Set<RevisionId>([id]);
  return front.findIndex((tip) => {
    if (seen.has(tip)) return false;
    seen.add(tip);
    const open = [tip];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      for (const below of map.parents(at)) {
        if (below.id === id) return true;
        if (seen.has(below.id)) continue;
        seen.add(below.id);
        open.push(below.id);
      }
    }
    return false;
  });
}

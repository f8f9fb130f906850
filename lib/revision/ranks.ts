import type { Node } from "./node.ts";
import type { Revision, RevisionId } from "./revision.ts";

/** The places of revisions in an order in which each comes after all that it needs. */
export type Ranks = ReadonlyMap<Revision, number>;

/** Returns the rank of each revision; those on a cycle, or above one, have none. */
export function ranks(nodes: ReadonlyMap<RevisionId, Node>): Ranks {
  const ranks = new Map<Revision, number>();
  const unmet = new Map<Revision, number>();
  const ready: Revision[] = [];
  for (const { revision, downRevisions, dependencies } of nodes.values()) {
    const count = downRevisions.length + dependencies.length;
    if (count === 0) ready.push(revision);
    else unmet.set(revision, count);
  }
  const meet = (above: Revision): void => {
    const left = (unmet.get(above) ?? 0) - 1;
    unmet.set(above, left);
    if (left === 0) ready.push(above);
  };
  // `ready` grows while it is read: a queue without the cost of shift().
  for (const revision of ready) {
    ranks.set(revision, ranks.size);
    const node = nodes.get(revision.id);
    node?.children.forEach(meet);
    node?.dependents.forEach(meet);
  }
  return ranks;
}

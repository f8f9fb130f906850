import type { Node } from "./node.ts";
import type { Revision, RevisionId } from "./revision.ts";

interface Unranked extends Node {
  rank: number;
}

/** Sets the rank of each node, and returns those that get none: they are on a cycle, or above one. */
export function rank(nodes: ReadonlyMap<RevisionId, Unranked>): readonly Revision[] {
  const ready: Unranked[] = [];
  // Below zero, a rank counts what has yet to be ranked before it.
  for (const node of nodes.values()) {
    node.rank = -(node.downRevisions.length + node.dependencies.length);
    if (node.rank === 0) ready.push(node);
  }
  const meet = ({ id }: Revision): void => {
    const node = nodes.get(id);
    if (node && ++node.rank === 0) ready.push(node);
  };
  let next = 0;
  // `ready` grows while it is read: a queue without the cost of shift().
  for (const node of ready) {
    node.rank = next++;
    node.children.forEach(meet);
    node.dependents.forEach(meet);
  }
  return nodes.values().filter((it) => it.rank < 0).map((it) => it.revision).toArray();
}

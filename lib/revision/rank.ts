import type { Node } from "./node.ts";

interface Unranked extends Node {
  rank: number;
  readonly children: readonly Unranked[];
  readonly dependents: readonly Unranked[];
}

/** Sets the rank of each node, and returns the nodes without one: they are on a cycle, or above one. */
export function rank(nodes: Iterable<Unranked>): readonly Node[] {
  const all = [...nodes];
  const ready: Unranked[] = [];
  // A negative rank counts the nodes that must still be ranked before this one.
  for (const node of all) {
    node.rank = -(node.downRevisions.length + node.dependencies.length);
    if (node.rank === 0) ready.push(node);
  }
  let next = 0;
  // `ready` grows during the iteration: a queue without the cost of shift().
  for (const node of ready) {
    node.rank = next++;
    for (const it of node.children) if (++it.rank === 0) ready.push(it);
    for (const it of node.dependents) if (++it.rank === 0) ready.push(it);
  }
  return next === all.length ? [] : all.filter((it) => it.rank < 0);
}

import type { Node } from "./node.ts";

/** Returns `starts` and everything that can be reached from them through `next`. */
export function reach(
  starts: Iterable<Node>,
  next: (node: Node) => Iterable<Node>,
): ReadonlySet<Node> {
  const found = new Set(starts);
  // Iterating a set includes items added meanwhile, so it serves as the queue.
  for (const node of found) {
    for (const it of next(node)) found.add(it);
  }
  return found;
}

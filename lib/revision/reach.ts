import type { Node } from "./node.ts";

/** Returns `starts` and all that `next` leads to from them. */
export function reach(
  starts: Iterable<Node>,
  next: (node: Node) => Iterable<Node>,
): ReadonlySet<Node> {
  const found = new Set(starts);
  // A set visits what is added to it while it is read, so it is its own queue.
  for (const node of found) {
    for (const it of next(node)) found.add(it);
  }
  return found;
}

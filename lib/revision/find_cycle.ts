import type { Node } from "./node.ts";
import type { Revision } from "./revision.ts";

/** Revisions that need each other, with a message about them. */
export interface Cycle {
  readonly message: string;
  /** Each once, ordered by id. */
  readonly revisions: readonly Revision[];
}

/**
 * Returns a cycle in what `starts` need, where there must be one; preferably of down revisions alone.
 */
export function findCycle(starts: Iterable<Node>): Cycle {
  const down = findLoop(starts, (it) => it.downRevisions);
  if (down.length > 0) return describe(down, down.length === 1 ? "Self-loop" : "Cycle");
  const loop = findLoop(starts, (it) => it.parents);
  return describe(loop, loop.length === 1 ? "Dependency self-loop" : "Dependency cycle");
}

function describe(loop: readonly Node[], kind: string): Cycle {
  const revisions = loop.map((it) => it.revision).sort((a, b) => a.id < b.id ? -1 : 1);
  const ids = revisions.map((it) => it.id).join(", ");
  return { message: `${kind} is detected in revisions (${ids})`, revisions };
}

/**
 * Returns a loop, or an empty list. Depth-first, with an explicit stack: the call stack would be too
 * small.
 */
function findLoop(
  starts: Iterable<Node>,
  below: (node: Node) => readonly Node[],
): readonly Node[] {
  const done = new Set<Node>();
  for (const start of starts) {
    const trail = new Set<Node>();
    const open: (readonly [Node, Iterator<Node>])[] = [];
    const enter = (node: Node): void => {
      trail.add(node);
      open.push([node, below(node).values()]);
    };
    if (!done.has(start)) enter(start);
    for (let top = open.at(-1); top; top = open.at(-1)) {
      const [node, rest] = top;
      const next = rest.next();
      if (next.done) {
        open.pop();
        trail.delete(node);
        done.add(node);
      } else if (trail.has(next.value)) {
        const path = [...trail];
        return path.slice(path.indexOf(next.value));
      } else if (!done.has(next.value)) {
        enter(next.value);
      }
    }
  }
  return [];
}

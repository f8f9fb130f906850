import type { Node } from "./node.ts";
import type { Revision, RevisionId } from "./revision.ts";

/** Revisions that need each other, and what to say about it. */
export interface Cycle {
  readonly message: string;
  /** Each once, in the order of their ids. */
  readonly revisions: readonly Revision[];
}

/** Returns a cycle in what `starts` need, which has one: of down revisions alone, if there is such. */
export function findCycle(
  nodes: ReadonlyMap<RevisionId, Node>,
  starts: Iterable<Revision>,
): Cycle {
  const down = findLoop(starts, (it) => nodes.get(it.id)?.downRevisions ?? []);
  if (down.length > 0) return describe(down, down.length === 1 ? "Self-loop" : "Cycle");
  const loop = findLoop(starts, (it) => nodes.get(it.id)?.parents ?? []);
  return describe(loop, loop.length === 1 ? "Dependency self-loop" : "Dependency cycle");
}

function describe(loop: readonly Revision[], kind: string): Cycle {
  const revisions = loop.toSorted((a, b) => a.id < b.id ? -1 : 1);
  const ids = revisions.map((it) => it.id).join(", ");
  return { message: `${kind} is detected in revisions (${ids})`, revisions };
}

/** Returns a loop, or nothing. Walks depth first with a stack of its own: a call stack would not hold 10,000 revisions. */
function findLoop(
  starts: Iterable<Revision>,
  below: (revision: Revision) => readonly Revision[],
): readonly Revision[] {
  const done = new Set<Revision>();
  for (const start of starts) {
    const trail = new Set<Revision>();
    const open: (readonly [Revision, Iterator<Revision>])[] = [];
    const enter = (revision: Revision): void => {
      trail.add(revision);
      open.push([revision, below(revision).values()]);
    };
    if (!done.has(start)) enter(start);
    for (let top = open.at(-1); top; top = open.at(-1)) {
      const [revision, rest] = top;
      const next = rest.next();
      if (next.done) {
        open.pop();
        trail.delete(revision);
        done.add(revision);
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

import type { Node } from "./node.ts";
import { reach } from "./reach.ts";
import type { RevisionId } from "./revision.ts";

/**
 * Returns the labels of each revision, sorted; revisions without any are left out.
 *
 * A label applies to its revision and to everything that grows from it. If that is a single line, it
 * also applies to the revisions below, down to the point where another line begins.
 *
 * @param labels Each with the revision that states it.
 */
export function branchNames(
  labels: ReadonlyMap<string, Node>,
): ReadonlyMap<RevisionId, readonly string[]> {
  const names = new Map<RevisionId, Set<string>>();
  for (const [label, node] of labels) {
    const above = reach([node], (it) => it.children);
    const below = above.values().every(isOnOneLine)
      ? reach([node], (it) => it.downRevisions.filter(isOnOneLine))
      : [];
    for (const { revision: { id } } of [...above, ...below]) {
      names.set(id, (names.get(id) ?? new Set()).add(label));
    }
  }
  return new Map(names.entries().map(([id, found]) => [id, [...found].sort()]));
}

/**
 * Says whether no lines part or meet at `node`. A revision that depends on it counts as a line, too.
 */
function isOnOneLine({ downRevisions, children, dependents }: Node): boolean {
  return downRevisions.length < 2 && new Set([...children, ...dependents]).size < 2;
}

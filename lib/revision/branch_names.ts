import type { Node } from "./node.ts";
import { reach } from "./reach.ts";
import type { RevisionId } from "./revision.ts";

/**
 * Returns the labels that each revision goes by, sorted; a revision without any is left out.
 *
 * A label names its revision and all that grows from it. Where that is one line, it also names what
 * lies below, down to the point where another line begins.
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

/** Says whether lines neither part nor meet at `node`; a revision that depends on it parts them too. */
function isOnOneLine({ downRevisions, children, dependents }: Node): boolean {
  return downRevisions.length < 2 && new Set([...children, ...dependents]).size < 2;
}

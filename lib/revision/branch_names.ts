import type { Graph } from "./graph.ts";
import type { Node } from "./node.ts";
import { reach } from "./reach.ts";
import type { Revision, RevisionId } from "./revision.ts";

/**
 * Returns the labels that each revision goes by, sorted; a revision without any is left out.
 *
 * A label names its revision and all that grows from it. Where that is one line, it also names what
 * lies below, down to the point where another line begins.
 */
export function branchNames({ nodes, labels }: Graph): ReadonlyMap<RevisionId, readonly string[]> {
  const names = new Map<RevisionId, Set<string>>();
  for (const [label, revision] of labels) {
    const above = reach([revision], (it) => nodes.get(it.id)?.children ?? []);
    const isLine = above.values().every((it) => isOnOneLine(nodes.get(it.id)));
    const named = isLine ? above.union(lineBelow(revision, nodes)) : above;
    for (const { id } of named) names.set(id, (names.get(id) ?? new Set()).add(label));
  }
  return new Map(names.entries().map(([id, found]) => [id, [...found].sort()]));
}

function lineBelow(
  revision: Revision,
  nodes: ReadonlyMap<RevisionId, Node>,
): ReadonlySet<Revision> {
  return reach([revision], (it) => {
    const below = nodes.get(it.id)?.downRevisions ?? [];
    return below.filter(({ id }) => isOnOneLine(nodes.get(id)));
  });
}

/** Tells whether lines neither part nor meet at `node`; a revision that depends on it parts them too. */
function isOnOneLine(node: Node | undefined): boolean {
  if (!node) return false;
  return node.downRevisions.length < 2 &&
    new Set([...node.children, ...node.dependents]).size < 2;
}

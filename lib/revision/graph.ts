import { broken } from "./broken.ts";
import { findCycle } from "./find_cycle.ts";
import { identifierProblem } from "./identifier.ts";
import { isImplied } from "./is_implied.ts";
import type { Node } from "./node.ts";
import { rank } from "./rank.ts";
import type { Revision, RevisionId } from "./revision.ts";

/** Valid: every name in it leads somewhere, once, and nothing leads back to itself. */
export interface Graph {
  /** In load order. */
  readonly nodes: ReadonlyMap<RevisionId, Node>;
  readonly labels: ReadonlyMap<string, Revision>;
}

/** @throws {ToolError} `revision/broken`, naming the files, if `revisions` are no valid graph. */
export function buildGraph(revisions: Iterable<Revision>): Graph {
  const nodes = unlinkedNodes(revisions);
  const labels = labelled(nodes);
  for (const node of nodes.values()) linkDownRevisions(node, nodes);
  for (const node of nodes.values()) linkDependencies(node, nodes, labels);
  const unranked = rank(nodes);
  if (unranked.length > 0) throw circular(nodes, unranked);
  for (const node of nodes.values()) dropImplied(node, nodes);
  return { nodes, labels };
}

interface Draft extends Node {
  rank: number;
  downRevisions: readonly Revision[];
  dependencies: readonly Revision[];
  parents: readonly Revision[];
  children: Revision[];
  dependents: Revision[];
}

type Drafts = ReadonlyMap<RevisionId, Draft>;

function unlinkedNodes(revisions: Iterable<Revision>): Drafts {
  const nodes = new Map<RevisionId, Draft>();
  for (const revision of revisions) {
    const problem = identifierProblem(revision.id);
    if (problem !== undefined) throw broken(problem, [revision]);
    const other = nodes.get(revision.id)?.revision;
    if (other) {
      throw broken(`Revision ${revision.id} is present more than once`, [other, revision], {
        hint: "Give one of them another revision identifier, or remove it",
      });
    }
    nodes.set(revision.id, {
      revision,
      index: nodes.size,
      rank: 0,
      downRevisions: [],
      dependencies: [],
      parents: [],
      children: [],
      dependents: [],
    });
  }
  return nodes;
}

function labelled(nodes: Drafts): ReadonlyMap<string, Revision> {
  const labels = new Map<string, Revision>();
  for (const { revision } of nodes.values()) {
    for (const label of unique(revision.branchLabels)) {
      const other = nodes.get(label)?.revision ?? labels.get(label);
      if (other) {
        throw broken(
          `Branch name '${label}' in revision ${revision.id} already used by revision ${other.id}`,
          [...new Set([revision, other])],
          { hint: "Give the branch another label" },
        );
      }
      labels.set(label, revision);
    }
  }
  return labels;
}

function linkDownRevisions(node: Draft, nodes: Drafts): void {
  const { revision } = node;
  const below = unique(revision.downRevisions)
    .map((id) => nodes.get(id) ?? missing(revision, id, "down revision"));
  for (const it of below) it.children.push(revision);
  node.downRevisions = below.map((it) => it.revision);
  node.parents = node.downRevisions;
}

function linkDependencies(node: Draft, nodes: Drafts, labels: ReadonlyMap<string, Revision>): void {
  const { revision } = node;
  if (revision.dependsOn.length === 0) return;
  const needed = unique(
    revision.dependsOn.map((name) =>
      nodes.get(labels.get(name)?.id ?? name) ?? missing(revision, name, "dependency")
    ),
  );
  for (const it of needed) it.dependents.push(revision);
  node.dependencies = needed.map((it) => it.revision);
  node.parents = unique([...node.downRevisions, ...node.dependencies]);
}

function missing(revision: Revision, name: string, role: string): never {
  throw broken(`Cannot find revision "${name}", the ${role} of "${revision.id}"`, [revision], {
    hint: `Restore the file of "${name}", or name another ${role}`,
  });
}

function circular(nodes: Drafts, unranked: readonly Revision[]): Error {
  const { message, revisions } = findCycle(nodes, unranked);
  return broken(message, revisions, {
    hint: "Let one of them name another down revision or dependency",
  });
}

/** Leaves as parents only those dependencies that no down ancestor states as well. */
function dropImplied(node: Draft, nodes: Drafts): void {
  const { downRevisions, parents } = node;
  if (parents.length === downRevisions.length) return;
  node.parents = parents.filter((it) => downRevisions.includes(it) || !isImplied(it, node, nodes));
}

function unique<Item>(items: readonly Item[]): readonly Item[] {
  return items.length < 2 ? items : [...new Set(items)];
}

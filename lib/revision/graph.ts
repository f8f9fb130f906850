import { broken } from "./broken.ts";
import { findCycle } from "./find_cycle.ts";
import { identifierProblem, labelProblem } from "./identifier.ts";
import { isImplied } from "./is_implied.ts";
import type { Node } from "./node.ts";
import { rank } from "./rank.ts";
import type { Revision, RevisionId } from "./revision.ts";

/** A valid graph: every name in it refers to exactly one revision, and there are no cycles. */
export interface Graph {
  /** In load order. */
  readonly nodes: ReadonlyMap<RevisionId, Node>;
  readonly labels: ReadonlyMap<string, Node>;
}

/**
 * @throws {ToolError} `revision/broken`, naming the files, if `revisions` do not form a valid graph.
 */
export function buildGraph(revisions: Iterable<Revision>): Graph {
  const nodes = unlinkedNodes(revisions);
  const labels = labelled(nodes);
  for (const node of nodes.values()) linkDownRevisions(node, nodes);
  for (const node of nodes.values()) linkDependencies(node, nodes, labels);
  const unranked = rank(nodes.values());
  if (unranked.length > 0) throw circular(unranked);
  for (const node of nodes.values()) dropImplied(node);
  return { nodes, labels };
}

interface Draft extends Node {
  rank: number;
  downRevisions: readonly Draft[];
  dependencies: readonly Draft[];
  parents: readonly Draft[];
  children: Draft[];
  dependents: Draft[];
}

type Drafts = ReadonlyMap<RevisionId, Draft>;

function unlinkedNodes(revisions: Iterable<Revision>): Drafts {
  const nodes = new Map<RevisionId, Draft>();
  for (const revision of revisions) {
    const problem = identifierProblem(revision.id);
    if (problem !== undefined) {
      throw broken(problem, [revision], { hint: "Give it another revision identifier" });
    }
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
      downRevisions: none,
      dependencies: none,
      parents: none,
      children: none,
      dependents: none,
    });
  }
  return nodes;
}

function labelled(nodes: Drafts): ReadonlyMap<string, Draft> {
  const labels = new Map<string, Draft>();
  for (const node of nodes.values()) {
    const { revision } = node;
    for (const label of unique(revision.branchLabels)) {
      const problem = labelProblem(label);
      if (problem !== undefined) throw broken(problem, [revision], anotherLabel);
      const other = (nodes.get(label) ?? labels.get(label))?.revision;
      if (other) {
        throw broken(
          `Branch name '${label}' in revision ${revision.id} already used by revision ${other.id}`,
          unique([revision, other]),
          anotherLabel,
        );
      }
      labels.set(label, node);
    }
  }
  return labels;
}

const anotherLabel = { hint: "Give the branch another label" };

function linkDownRevisions(node: Draft, nodes: Drafts): void {
  const { downRevisions } = node.revision;
  if (downRevisions.length === 0) return;
  node.downRevisions = unique(downRevisions)
    .map((name) => nodes.get(name) ?? missing(node, name, "down revision"));
  node.parents = node.downRevisions;
  for (const it of node.downRevisions) it.children = append(it.children, node);
}

function linkDependencies(node: Draft, nodes: Drafts, labels: ReadonlyMap<string, Draft>): void {
  const { dependsOn } = node.revision;
  if (dependsOn.length === 0) return;
  node.dependencies = unique(
    dependsOn.map((name) =>
      labels.get(name) ?? nodes.get(name) ?? missing(node, name, "dependency")
    ),
  );
  node.parents = unique([...node.downRevisions, ...node.dependencies]);
  for (const it of node.dependencies) it.dependents = append(it.dependents, node);
}

function missing({ revision }: Draft, name: string, role: string): never {
  throw broken(`Cannot find revision "${name}", the ${role} of "${revision.id}"`, [revision], {
    hint: `Restore the file of "${name}", or name another ${role}`,
  });
}

function circular(unranked: readonly Node[]): Error {
  const { message, revisions } = findCycle(unranked);
  return broken(message, revisions, {
    hint: revisions.length === 1
      ? "Take it out of its own down revisions and dependencies"
      : "Give one of them another down revision or dependency",
  });
}

/** Removes from the parents those dependencies that a down ancestor states as well. */
function dropImplied(node: Draft): void {
  const { downRevisions, parents } = node;
  if (parents.length === downRevisions.length) return;
  node.parents = parents.filter((it) => downRevisions.includes(it) || !isImplied(it, node));
}

/** The initial value of all lists of a node: separate arrays would be most of the work. */
const none: Draft[] = [];

function append(nodes: Draft[], node: Draft): Draft[] {
  if (nodes === none) return [node];
  nodes.push(node);
  return nodes;
}

function unique<Item>(items: readonly Item[]): readonly Item[] {
  return items.length < 2 ? items : [...new Set(items)];
}

import { broken } from "./broken.ts";
import { findCycle } from "./find_cycle.ts";
import { identifierProblem } from "./identifier.ts";
import { isImplied } from "./is_implied.ts";
import type { Node } from "./node.ts";
import { type Ranks, ranks } from "./ranks.ts";
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
  const ranked = ranks(nodes);
  refuseCycle(nodes, ranked);
  dropImplied(nodes, ranked);
  return { nodes, labels };
}

interface Draft extends Node {
  readonly downRevisions: Revision[];
  readonly dependencies: Revision[];
  readonly parents: Revision[];
  readonly children: Revision[];
  readonly dependents: Revision[];
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
    for (const label of new Set(revision.branchLabels)) {
      const other = nodes.get(label)?.revision ?? labels.get(label);
      if (other) {
        throw broken(
          `Branch name '${label}' in revision ${revision.id} already used by revision ${other.id}`,
          other === revision ? [revision] : [revision, other],
          { hint: "Give the branch another label" },
        );
      }
      labels.set(label, revision);
    }
  }
  return labels;
}

function linkDownRevisions({ revision, downRevisions, parents }: Draft, nodes: Drafts): void {
  for (const id of new Set(revision.downRevisions)) {
    const below = nodes.get(id);
    if (!below) throw missing(revision, id, "down revision");
    downRevisions.push(below.revision);
    parents.push(below.revision);
    below.children.push(revision);
  }
}

function linkDependencies(
  { revision, dependencies, parents }: Draft,
  nodes: Drafts,
  labels: ReadonlyMap<string, Revision>,
): void {
  for (const name of revision.dependsOn) {
    const needed = nodes.get(labels.get(name)?.id ?? name);
    if (!needed) throw missing(revision, name, "dependency");
    if (dependencies.includes(needed.revision)) continue;
    dependencies.push(needed.revision);
    if (!parents.includes(needed.revision)) parents.push(needed.revision);
    needed.dependents.push(revision);
  }
}

function missing(revision: Revision, name: string, role: string): Error {
  return broken(`Cannot find revision "${name}", the ${role} of "${revision.id}"`, [revision], {
    hint: `Restore the file of "${name}", or name another ${role}`,
  });
}

function refuseCycle(nodes: Drafts, ranked: Ranks): void {
  if (ranked.size === nodes.size) return;
  const unranked = [...nodes.values()].map((it) => it.revision).filter((it) => !ranked.has(it));
  const cycle = findCycle(nodes, unranked);
  if (!cycle) return;
  throw broken(cycle.message, cycle.revisions, {
    hint: "Let one of them name another down revision or dependency",
  });
}

/** Leaves as parents only those dependencies that no down ancestor states as well. */
function dropImplied(nodes: Drafts, ranked: Ranks): void {
  for (const node of nodes.values()) {
    const implied = node.dependencies.filter((it) =>
      !node.downRevisions.includes(it) && isImplied(it, node, nodes, ranked)
    );
    for (const it of implied) node.parents.splice(node.parents.indexOf(it), 1);
  }
}

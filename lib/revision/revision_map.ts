import { branchNames } from "./branch_names.ts";
import { buildGraph, type Graph } from "./graph.ts";
import type { Node } from "./node.ts";
import { reach } from "./reach.ts";
import type { Revision, RevisionId } from "./revision.ts";

/** Which edges of the graph to follow: down revisions only, or dependencies as well. */
export type Edges = "downRevisions" | "all";

/**
 * Returns the graph of `revisions`, whose order is the tie-breaker of all orders in it.
 *
 * @throws {ToolError} `revision/broken`, naming the files, if they do not form a valid graph.
 */
export function revisionMap(revisions: Iterable<Revision>): RevisionMap {
  return new RevisionMap(revisions);
}

/**
 * The revisions of a script directory, and how they build on each other.
 *
 * Always valid: every down revision and dependency exists, there are no cycles, and no id or label
 * occurs twice. Methods ignore ids that are not in the map.
 */
export class RevisionMap {
  readonly #graph: Graph;
  #branchNames: ReadonlyMap<RevisionId, readonly string[]> | undefined;
  /** In load order. */
  readonly revisions: readonly Revision[];
  /** The revisions that no other builds on, in load order. */
  readonly heads: readonly RevisionId[];
  /** The heads that no other revision depends on either: the rows of a database at its heads. */
  readonly realHeads: readonly RevisionId[];
  /** The revisions without a down revision, in load order. */
  readonly bases: readonly RevisionId[];

  /** @throws {ToolError} `revision/broken`, naming the files, if they do not form a valid graph. */
  constructor(revisions: Iterable<Revision>) {
    this.#graph = buildGraph(revisions);
    const nodes = [...this.#graph.nodes.values()];
    const heads = nodes.filter((it) => it.children.length === 0);
    this.revisions = nodes.map((it) => it.revision);
    this.heads = heads.map((it) => it.revision.id);
    this.realHeads = heads.filter((it) => it.dependents.length === 0).map((it) => it.revision.id);
    this.bases = nodes.filter((it) => it.downRevisions.length === 0).map((it) => it.revision.id);
  }

  /** Returns `id` with its neighbours, for algorithms that walk far. */
  node(id: RevisionId): Node | undefined {
    return this.#graph.nodes.get(id);
  }

  has(id: RevisionId): boolean {
    return this.#graph.nodes.has(id);
  }

  get(id: RevisionId): Revision | undefined {
    return this.node(id)?.revision;
  }

  /** Returns the revision that states `label`. */
  labelled(label: string): Revision | undefined {
    return this.#graph.labels.get(label)?.revision;
  }

  /**
   * Returns the revisions with an id or label of four letters or more that begins with `prefix`, in
   * load order.
   */
  startingWith(prefix: string): readonly Revision[] {
    const matches = (name: string): boolean => name.length > 3 && name.startsWith(prefix);
    const byLabel = new Set(
      this.#graph.labels.entries().filter(([label]) => matches(label)).map(([, it]) => it.revision),
    );
    return this.revisions.filter((it) => matches(it.id) || byLabel.has(it));
  }

  /** Returns the revisions that build on `id` directly, in load order. */
  children(id: RevisionId): readonly Revision[] {
    return this.node(id)?.children.map((it) => it.revision) ?? [];
  }

  /** Returns the down revisions of `id`, each once, in the order written. */
  downRevisions(id: RevisionId): readonly Revision[] {
    return this.node(id)?.downRevisions.map((it) => it.revision) ?? [];
  }

  /** Returns the dependencies that `id` states, with labels resolved, in the order written. */
  dependencies(id: RevisionId): readonly Revision[] {
    return this.node(id)?.dependencies.map((it) => it.revision) ?? [];
  }

  /** Returns the revisions that state a dependency on `id`, in load order. */
  dependents(id: RevisionId): readonly Revision[] {
    return this.node(id)?.dependents.map((it) => it.revision) ?? [];
  }

  /**
   * Returns the revisions that must be applied before `id`: its down revisions, then the dependencies
   * that none of its down ancestors states as well.
   */
  parents(id: RevisionId): readonly Revision[] {
    return this.node(id)?.parents.map((it) => it.revision) ?? [];
  }

  /** Returns `ids` and everything that they need. */
  ancestors(ids: Iterable<RevisionId>, edges: Edges = "all"): ReadonlySet<RevisionId> {
    return this.#reach(ids, edges === "all" ? (it) => it.parents : (it) => it.downRevisions);
  }

  /** Returns `ids` and everything that needs them. */
  descendants(ids: Iterable<RevisionId>, edges: Edges = "all"): ReadonlySet<RevisionId> {
    return this.#reach(
      ids,
      edges === "all" ? (it) => [...it.children, ...it.dependents] : (it) => it.children,
    );
  }

  /** Returns the labels of `id`, its own and those of its branch, sorted. */
  labels(id: RevisionId): readonly string[] {
    this.#branchNames ??= branchNames(this.#graph.labels);
    return this.#branchNames.get(id) ?? [];
  }

  /** Says whether no other revision builds on `id`. */
  isHead(id: RevisionId): boolean {
    return this.node(id)?.children.length === 0;
  }

  /** Says whether no other revision builds on `id` or depends on it. */
  isRealHead(id: RevisionId): boolean {
    return this.isHead(id) && this.node(id)?.dependents.length === 0;
  }

  isBase(id: RevisionId): boolean {
    return this.node(id)?.downRevisions.length === 0;
  }

  isBranchPoint(id: RevisionId): boolean {
    return (this.node(id)?.children.length ?? 0) > 1;
  }

  isMergePoint(id: RevisionId): boolean {
    return (this.node(id)?.downRevisions.length ?? 0) > 1;
  }

  /** Returns `ids` in load order; those that are not in the map come last, in their original order. */
  inLoadOrder(ids: Iterable<RevisionId>): readonly RevisionId[] {
    const [known, unknown] = [new Set<Node>(), new Set<RevisionId>()];
    for (const id of ids) {
      const node = this.node(id);
      if (node) known.add(node);
      else unknown.add(id);
    }
    return [
      ...[...known].sort((a, b) => a.index - b.index).map((it) => it.revision.id),
      ...unknown,
    ];
  }

  #reach(
    ids: Iterable<RevisionId>,
    next: (node: Node) => Iterable<Node>,
  ): ReadonlySet<RevisionId> {
    const starts = [...ids].flatMap((id) => this.node(id) ?? []);
    return new Set(reach(starts, next).values().map((it) => it.revision.id));
  }
}

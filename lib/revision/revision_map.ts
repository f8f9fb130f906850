import { branchNames } from "./branch_names.ts";
import { buildGraph, type Graph } from "./graph.ts";
import { reach } from "./reach.ts";
import type { Revision, RevisionId } from "./revision.ts";

/** Which edges of the graph to follow: down revisions alone, or what is depended on as well. */
export type Edges = "downRevisions" | "all";

/**
 * Returns the graph of `revisions`, whose order is the tie-break of every order that it gives.
 *
 * @throws {ToolError} `revision/broken`, naming the files, if they are no valid graph.
 */
export function revisionMap(revisions: Iterable<Revision>): RevisionMap {
  return new RevisionMap(revisions);
}

/**
 * The revisions of a script directory, and how they build on each other.
 *
 * A map that exists is valid: every down revision and dependency is there, nothing needs itself, and
 * no id or label stands twice. Wherever it takes ids, it passes over those that it doesn't have.
 */
export class RevisionMap {
  readonly #graph: Graph;
  #branchNames: ReadonlyMap<RevisionId, readonly string[]> | undefined;
  /** In load order. */
  readonly revisions: readonly Revision[];
  /** The revisions that no other continues, in load order. */
  readonly heads: readonly RevisionId[];
  /** The heads that no other revision depends on either: what a database at its heads records. */
  readonly realHeads: readonly RevisionId[];
  /** The revisions without a down revision, in load order. */
  readonly bases: readonly RevisionId[];

  /** @throws {ToolError} `revision/broken`, naming the files, if they are no valid graph. */
  constructor(revisions: Iterable<Revision>) {
    this.#graph = buildGraph(revisions);
    const nodes = [...this.#graph.nodes.values()];
    const heads = nodes.filter((it) => it.children.length === 0);
    this.revisions = nodes.map((it) => it.revision);
    this.heads = heads.map((it) => it.revision.id);
    this.realHeads = heads.filter((it) => it.dependents.length === 0).map((it) => it.revision.id);
    this.bases = nodes.filter((it) => it.downRevisions.length === 0).map((it) => it.revision.id);
  }

  has(id: RevisionId): boolean {
    return this.#graph.nodes.has(id);
  }

  get(id: RevisionId): Revision | undefined {
    return this.#graph.nodes.get(id)?.revision;
  }

  /** Returns the revision that states `label`. */
  labelled(label: string): Revision | undefined {
    return this.#graph.labels.get(label);
  }

  /** Returns the revisions that have a name of four letters or more beginning with `prefix`, in load order. */
  startingWith(prefix: string): readonly Revision[] {
    const matches = (name: string): boolean => name.length > 3 && name.startsWith(prefix);
    const byLabel = new Set(
      this.#graph.labels.entries().filter(([label]) => matches(label)).map(([, it]) => it),
    );
    return this.revisions.filter((it) => matches(it.id) || byLabel.has(it));
  }

  /** Returns all labels that revisions state, in load order. */
  get branchLabels(): readonly string[] {
    return [...this.#graph.labels.keys()];
  }

  /** Returns the revisions that `id` is a down revision of, in load order. */
  children(id: RevisionId): readonly Revision[] {
    return this.#graph.nodes.get(id)?.children ?? [];
  }

  /** Returns the down revisions of `id`, each once, in the order written. */
  downRevisions(id: RevisionId): readonly Revision[] {
    return this.#graph.nodes.get(id)?.downRevisions ?? [];
  }

  /** Returns the place of `id` in one order in which each revision comes after all that it needs. */
  rank(id: RevisionId): number | undefined {
    return this.#graph.nodes.get(id)?.rank;
  }

  /** Returns what `id` says that it depends on, labels resolved, in the order written. */
  dependencies(id: RevisionId): readonly Revision[] {
    return this.#graph.nodes.get(id)?.dependencies ?? [];
  }

  /** Returns the revisions that say that they depend on `id`, in load order. */
  dependents(id: RevisionId): readonly Revision[] {
    return this.#graph.nodes.get(id)?.dependents ?? [];
  }

  /**
   * Returns what must be applied before `id`: its down revisions, then the dependencies that none of
   * its down ancestors states as well.
   */
  parents(id: RevisionId): readonly Revision[] {
    return this.#graph.nodes.get(id)?.parents ?? [];
  }

  /** Returns `ids` and all that they need. */
  ancestors(ids: Iterable<RevisionId>, edges: Edges = "all"): ReadonlySet<RevisionId> {
    return this.#reach(
      ids,
      edges === "all" ? (it) => this.parents(it.id) : (it) => this.downRevisions(it.id),
    );
  }

  /** Returns `ids` and all that need them. */
  descendants(ids: Iterable<RevisionId>, edges: Edges = "all"): ReadonlySet<RevisionId> {
    return this.#reach(
      ids,
      edges === "all"
        ? (it) => [...this.children(it.id), ...this.dependents(it.id)]
        : (it) => this.children(it.id),
    );
  }

  /** Returns the labels that `id` goes by, its own and those of its branch, sorted. */
  labels(id: RevisionId): readonly string[] {
    this.#branchNames ??= branchNames(this.#graph);
    return this.#branchNames.get(id) ?? [];
  }

  /** Tells whether no other revision continues `id`. */
  isHead(id: RevisionId): boolean {
    return this.has(id) && this.children(id).length === 0;
  }

  /** Tells whether no other revision continues `id` or depends on it. */
  isRealHead(id: RevisionId): boolean {
    return this.isHead(id) && this.dependents(id).length === 0;
  }

  isBase(id: RevisionId): boolean {
    return this.has(id) && this.downRevisions(id).length === 0;
  }

  isBranchPoint(id: RevisionId): boolean {
    return this.children(id).length > 1;
  }

  isMergePoint(id: RevisionId): boolean {
    return this.downRevisions(id).length > 1;
  }

  /** Returns `ids` in load order; those that are not in the map come last, as they came. */
  inLoadOrder(ids: Iterable<RevisionId>): readonly RevisionId[] {
    const index = (id: RevisionId): number => this.#graph.nodes.get(id)?.index ?? Infinity;
    return [...ids].map((id) => ({ id, index: index(id) }))
      .sort((a, b) => a.index < b.index ? -1 : a.index > b.index ? 1 : 0)
      .map((it) => it.id);
  }

  #reach(
    ids: Iterable<RevisionId>,
    next: (revision: Revision) => Iterable<Revision>,
  ): ReadonlySet<RevisionId> {
    const starts = [...ids].flatMap((id) => this.get(id) ?? []);
    return new Set(reach(starts, next).values().map((it) => it.id));
  }
}

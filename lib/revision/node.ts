import type { Revision } from "./revision.ts";

/** A revision and its neighbours. */
export interface Node {
  readonly revision: Revision;
  /** Its position in load order, which is the tie-breaker of all other orders. */
  readonly index: number;
  /** Its position in an order in which each revision comes after everything that it needs. */
  readonly rank: number;
  /** Each once, in the order written. */
  readonly downRevisions: readonly Node[];
  /** The revisions that `dependsOn` refers to, each once, in the order written. */
  readonly dependencies: readonly Node[];
  /**
   * The revisions that must be applied before it: the down revisions, then the dependencies that none
   * of its down ancestors states as well.
   */
  readonly parents: readonly Node[];
  /** The revisions that build on it directly, in load order. */
  readonly children: readonly Node[];
  /** The revisions that depend on it, in load order. */
  readonly dependents: readonly Node[];
}

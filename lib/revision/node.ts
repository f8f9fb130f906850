import type { Revision } from "./revision.ts";

/** A revision with its neighbours. */
export interface Node {
  readonly revision: Revision;
  /** Its place in load order, which is the tie-break of every order. */
  readonly index: number;
  /** Its place in one order in which each revision comes after all that it needs. */
  readonly rank: number;
  /** Each once, in the order written. */
  readonly downRevisions: readonly Node[];
  /** What `dependsOn` means, each once, in the order written. */
  readonly dependencies: readonly Node[];
  /**
   * What must be applied before it: the down revisions, then the dependencies that none of its down
   * ancestors states as well.
   */
  readonly parents: readonly Node[];
  /** Those that it is a down revision of, in load order. */
  readonly children: readonly Node[];
  /** Those that depend on it, in load order. */
  readonly dependents: readonly Node[];
}

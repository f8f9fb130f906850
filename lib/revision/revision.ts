/**
 * The graph of revisions: what Alembic calls the revision map, targets in it, the routes between two
 * states of a database, and the version rows that record each step. Pure: this folder does not access
 * databases or files.
 *
 * @module
 */

/** The name of a revision: at most 32 characters, without `@`, `-`, `+` and `:`. */
export type RevisionId = string;

/** A node of the graph, as stated in its file. */
export interface Revision {
  readonly id: RevisionId;
  /** In the order written. None: a base; two or more: a merge point. */
  readonly downRevisions: readonly RevisionId[];
  /** Revision ids or branch labels, in the order written. */
  readonly dependsOn: readonly string[];
  readonly branchLabels: readonly string[];
  /** One line; empty if the file has none. */
  readonly message: string;
  /** The path of its file, for messages. Absent in graphs that are not from files. */
  readonly path?: string;
}

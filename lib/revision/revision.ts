/**
 * The graph of revisions: what Alembic calls the revision map, targets on it, the routes between two
 * states of a database, and the version rows that record each step. Pure: this folder knows no
 * database and no file.
 *
 * @module
 */

/** The name of a revision: at most 32 characters, without `@`, `-`, `+` and `:`. */
export type RevisionId = string;

/** One node of the graph, as its file states it. */
export interface Revision {
  readonly id: RevisionId;
  /** In the order written. None: a base; two or more: a merge point. */
  readonly downRevisions: readonly RevisionId[];
  /** Revision ids or branch labels, in the order written. */
  readonly dependsOn: readonly string[];
  readonly branchLabels: readonly string[];
  /** One line; empty if the file has none. */
  readonly message: string;
  /** Where it was read, for messages. Absent in graphs that are not from files. */
  readonly path?: string;
}

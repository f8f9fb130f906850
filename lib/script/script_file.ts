/**
 * Revision files on disk: which there are, what each says of itself before it is run, what running
 * it does, and how a new one is written. This folder reads and writes files; it knows no database.
 *
 * @module
 */
import type { Revision } from "../revision/revision.ts";
import type { Timeouts } from "../sql/timeouts.ts";

/** How a revision file is written, which its name's ending tells. */
export type ScriptFormat = "ts" | "js" | "sql";

/** A revision file, as its header states it. Nothing in the file has been run. */
export interface ScriptFile {
  readonly revision: Revision;
  /** Absolute. */
  readonly path: string;
  readonly format: ScriptFormat;
  /** False: its work must not run in a transaction. */
  readonly transactional: boolean;
  /** What PostgreSQL lets its work take; absent: as configured. */
  readonly timeouts?: Timeouts;
  /** What stands above its code, markers and all: `documentation` and `createDate` read it. */
  readonly comment: string;
  /**
   * All of the file, where it was read with its header. Of a `.sql` file, which is then small, what runs
   * is what was read.
   */
  readonly text?: string;
}

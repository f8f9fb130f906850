/**
 * Revision files on disk: which exist, what their headers say before they are run, what running
 * them does, and how new ones are written. This folder reads and writes files; it knows no
 * database.
 *
 * @module
 */
import type { Revision } from "../revision/revision.ts";
import type { Timeouts } from "../sql/timeouts.ts";

/** A revision file's language, given by its extension. */
export type ScriptFormat = "ts" | "js" | "sql";

/** A revision file, as described by its header. Nothing in the file has been run. */
export interface ScriptFile {
  readonly revision: Revision;
  /** Absolute. */
  readonly path: string;
  readonly format: ScriptFormat;
  /** False if its work must not run in a transaction. */
  readonly transactional: boolean;
  /** PostgreSQL timeouts for its work; absent: as configured. */
  readonly timeouts?: Timeouts;
  /** The comment above its code, including markers: `documentation` and `createDate` read it. */
  readonly comment: string;
  /**
   * The whole text, if it was read with the header. For a small `.sql` file this is the text that
   * runs.
   */
  readonly text?: string;
}

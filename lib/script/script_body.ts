import type { Recorded } from "../operations/operation.ts";
import type { ScriptGrammar } from "../sql/splitter/script_piece.ts";

/** Which of its two functions or sections a revision file runs. */
export type Direction = "upgrade" | "downgrade";

/** One statement of a `.sql` file; a `COPY … FROM STDIN` includes its data. */
export type ScriptStatement =
  | { readonly kind: "statement"; readonly sql: string; readonly line: number }
  | {
    readonly kind: "copy";
    readonly sql: string;
    readonly line: number;
    /** In chunks of any size, without the closing `\.` line. */
    readonly data: readonly string[];
  };

/** A section of a `.sql` file too large to be held: `openSection` reads it when it runs. */
export interface SectionReference {
  readonly path: string;
  readonly direction: Direction;
  readonly grammar: ScriptGrammar;
}

/** What a revision does in one direction, known before the database is touched. */
export type ScriptBody =
  | { readonly kind: "operations"; readonly operations: readonly Recorded[] }
  | { readonly kind: "statements"; readonly statements: readonly ScriptStatement[] }
  | { readonly kind: "section"; readonly section: SectionReference }
  /**
   * The file has no `downgrade`, or no `-- migrate:down`; an empty one deliberately does nothing.
   */
  | { readonly kind: "absent" };

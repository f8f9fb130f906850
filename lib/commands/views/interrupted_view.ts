import type { InterruptedWork, JournalPlace } from "../../migrate/journal/journal_state.ts";
import type { ScriptDirectory } from "../../script/script_directory.ts";
import { shownPath } from "./revision_view.ts";

/** Half-done work, as represented in JSON. */
export interface InterruptedView {
  readonly revision: string;
  readonly direction: "upgrade" | "downgrade";
  readonly statementsDone: number;
  readonly statements: number;
  /** The statement that was running outside a transaction when the run ended, if there was one. */
  readonly inDoubt: { readonly statement: number; readonly sql: string } | null;
  /** The place of the statement in doubt, or else of the last one that is done. */
  readonly file: string | null;
  readonly line: number | null;
}

/** Returns the view of `work` for a result. */
export function interruptedView(
  { revision, direction, digests, statements, inDoubt, last }: InterruptedWork,
  directory: ScriptDirectory,
  cwd: string,
): InterruptedView {
  const { file, line }: JournalPlace = inDoubt ?? last;
  const path = file ?? (directory.map.has(revision) ? directory.file(revision).path : undefined);
  return {
    revision,
    direction,
    statementsDone: digests.length,
    statements,
    inDoubt: inDoubt ? { statement: digests.length + 1, sql: inDoubt.sql } : null,
    file: path === undefined ? null : shownPath(path, cwd),
    line: line ?? null,
  };
}

/** Returns it as a line of text. */
export function describeInterrupted(view: InterruptedView): string {
  const { revision, direction } = view;
  return `The ${direction} of ${revision} is half done: ${describeProgress(view)}`;
}

/** Describes its progress: `statement 2 of 5 is the last that was done`. */
export function describeProgress(view: InterruptedView): string {
  const { statementsDone, statements, inDoubt, file, line } = view;
  const place = file === null ? "" : ` (${file}${line === null ? "" : `:${line}`})`;
  if (inDoubt) {
    return `statement ${inDoubt.statement} of ${statements}${place} was running when it ended`;
  }
  return statementsDone === 0
    ? `none of its ${statements} statements has been done`
    : `statement ${statementsDone} of ${statements}${place} is the last that was done`;
}

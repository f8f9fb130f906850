import type { Revision } from "../revision/revision.ts";
import type { Move } from "../revision/route.ts";

/** A session holding what a statement waits for. Unknown facts are absent. */
export interface Blocker {
  /** 0: a prepared transaction. */
  readonly pid: number;
  readonly user?: string;
  readonly application?: string;
  /** As PostgreSQL names it: `active`, `idle in transaction`. */
  readonly state?: string;
  /** The age of its transaction. */
  readonly seconds?: number;
  /** The query that it is running or ran last, in one line, with string literals left out. */
  readonly query?: string;
  /** For an autovacuum: how long to wait until the server ends it. */
  readonly yieldsAfterMilliseconds?: number;
}

/** What happens during a run, as it happens. Results are not events: they are returned. */
export type Event =
  /** The database that the run works on, without its password. */
  | { readonly kind: "connected"; readonly database: string }
  /** The database does not answer yet; the run waits for it. */
  | { readonly kind: "notUp"; readonly reason: string }
  /** Another runner is at work; `holder` says who, as far as known. */
  | { readonly kind: "waiting"; readonly holder: string }
  /** Another connection, a run or not, has locked the database; this run waits for it. */
  | { readonly kind: "locked"; readonly holder: string }
  /** The number of steps to do; the plan may be made again if another run was faster. */
  | { readonly kind: "planned"; readonly steps: number }
  /**
   * The statement that the database is working on; of many that are sent together, only some are
   * reported.
   */
  | { readonly kind: "statement"; readonly sql: string }
  | { readonly kind: "stepStarted"; readonly move: Move }
  | { readonly kind: "stepFinished"; readonly move: Move; readonly milliseconds: number }
  /**
   * A statement did not get its lock in time: its transaction was rolled back and is retried after
   * the wait, or the statement itself if it cannot be in one.
   */
  | {
    readonly kind: "lockedOut";
    /** The statement's first line. */
    readonly statement: string;
    readonly transactional: boolean;
    /** Empty if no blocker was seen. */
    readonly blockers: readonly Blocker[];
    readonly waitMilliseconds: number;
  }
  /** A revision that is being tried, with its number and the total. */
  | {
    readonly kind: "examined";
    readonly how: "Verifying" | "Comparing with";
    readonly revision: Revision;
    readonly number: number;
    readonly of: number;
  }
  /** A difference, in words: "added table 'users'". */
  | { readonly kind: "detected"; readonly description: string }
  /** A half-done revision continues with its `statement`, counted from 1. */
  | {
    readonly kind: "resuming";
    readonly revision: string;
    readonly statement: number;
    readonly statements: number;
  }
  /** The whole database was backed up. */
  | { readonly kind: "backedUp"; readonly file: string; readonly milliseconds: number }
  /** A line printed by a callback. */
  | { readonly kind: "said"; readonly by: string; readonly text: string }
  /** A notice from the server or from this tool. */
  | { readonly kind: "notice"; readonly text: string }
  /** Good to know, but nothing needs to be done. */
  | { readonly kind: "noted"; readonly message: string }
  | { readonly kind: "warned"; readonly message: string; readonly hint?: string }
  /** The command has failed; people are shown its error instead. */
  | {
    readonly kind: "failed";
    readonly message: string;
    readonly code: string;
    readonly hint: string | null;
    readonly revision: string | null;
    readonly file: string | null;
    readonly line: number | null;
  };

/** Receives events in the order in which they happen. It must not throw. */
export type Report = (event: Event) => void;

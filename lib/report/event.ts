import type { Revision } from "../revision/revision.ts";
import type { Move } from "../revision/route.ts";

/** A session that holds what a statement waits for. What is not known is absent. */
export interface Blocker {
  /** 0: a prepared transaction. */
  readonly pid: number;
  readonly user?: string;
  readonly application?: string;
  /** As PostgreSQL says it: `active`, `idle in transaction`. */
  readonly state?: string;
  /** How old its transaction is. */
  readonly seconds?: number;
  /** What it runs or ran last, in one line, its texts left out. */
  readonly query?: string;
  /** Of an autovacuum: how long it has to be waited for until the server ends it. */
  readonly yieldsAfterMilliseconds?: number;
}

/** What happened during a run, as it happens. Results are not events: they are returned. */
export type Event =
  /** The database that the run works on, without its password. */
  | { readonly kind: "connected"; readonly database: string }
  /** The database does not answer yet, and is waited for. */
  | { readonly kind: "notUp"; readonly reason: string }
  /** Another runner is at work; `holder` says who, as far as that is known. */
  | { readonly kind: "waiting"; readonly holder: string }
  /** Another connection, a run or not, has the database locked, and is waited for. */
  | { readonly kind: "locked"; readonly holder: string }
  /** What is to be done, which may be planned again when another run was faster. */
  | { readonly kind: "planned"; readonly steps: number }
  /** A statement that the database works on now; only some of many that are sent together. */
  | { readonly kind: "statement"; readonly sql: string }
  | { readonly kind: "stepStarted"; readonly move: Move }
  | { readonly kind: "stepFinished"; readonly move: Move; readonly milliseconds: number }
  /** A statement got its lock not in time: its transaction is rolled back, and tried again after the wait. */
  | {
    readonly kind: "lockedOut";
    /** The statement's first line. */
    readonly statement: string;
    /** Empty where nobody could be seen. */
    readonly blockers: readonly Blocker[];
    readonly waitMilliseconds: number;
  }
  /** A revision that something is tried with, which of how many. */
  | {
    readonly kind: "examined";
    readonly how: "Verifying" | "Comparing with";
    readonly revision: Revision;
    readonly number: number;
    readonly of: number;
  }
  /** A difference, in words: "added table 'users'". */
  | { readonly kind: "detected"; readonly description: string }
  /** A revision that was half done goes on with its `statement`, counted from 1. */
  | {
    readonly kind: "resuming";
    readonly revision: string;
    readonly statement: number;
    readonly statements: number;
  }
  /** All of the database was saved. */
  | { readonly kind: "backedUp"; readonly file: string; readonly milliseconds: number }
  /** A line of what a callback printed. */
  | { readonly kind: "said"; readonly by: string; readonly text: string }
  /** What the server said without being asked. */
  | { readonly kind: "notice"; readonly text: string }
  /** What is good to know, and needs nothing to be done. */
  | { readonly kind: "noted"; readonly message: string }
  | { readonly kind: "warned"; readonly message: string; readonly hint?: string }
  /** The command has failed; what people read of it is its result. */
  | {
    readonly kind: "failed";
    readonly message: string;
    readonly code: string;
    readonly hint: string | null;
    readonly revision: string | null;
    readonly file: string | null;
    readonly line: number | null;
  };

/** Takes events in the order in which they happen. It must not throw. */
export type Report = (event: Event) => void;

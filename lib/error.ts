/**
 * The kind of error, as a stable identifier for scripts; `lib/cli/exit_codes.ts` maps each to an exit
 * code.
 */
export type ErrorCode =
  | "usage" // the command line is invalid
  | "config/invalid"
  | "config/no_url"
  | "config/url"
  | "revision/unknown" // no such revision, label or prefix
  | "revision/ambiguous"
  | "revision/broken" // the script directory does not hold a valid graph
  | "revision/multiple_heads"
  | "revision/target" // a target that cannot be reached from here
  | "revision/draft" // a new revision that would be invalid
  | "script/missing" // no script directory, or no such file
  | "script/exists"
  | "script/header"
  | "script/syntax"
  | "script/failed" // the user's code threw, or a file cannot be written
  | "script/irreversible"
  | "models/missing" // nothing specifies what the database should look like
  | "models/invalid" // what specifies it cannot be used
  | "scratch/unavailable" // there is no place to try things out
  | "script/changed" // the file is not the one that was applied
  | "operation/invalid"
  | "operation/unsupported"
  | "database/unreachable"
  | "database/refused" // a check found that the database must not be changed
  | "database/failed" // a statement failed
  | "database/in_doubt" // the connection was lost while a transaction was committed
  | "database/differs" // the database is not as it should be
  | "database/conflict" // the version rows are not what the step expects
  | "database/not_at_heads"
  | "resume/changed" // a file no longer matches the part of it that was executed
  | "resume/in_doubt" // only a person can tell whether a statement was executed
  | "resume/nothing"
  | "resume/unfinished" // an unfinished run must be completed first
  | "backup/failed" // the database could not be saved before the run
  | "output/failed" // a result cannot be written where it was sent
  | "callback/failed" // an action that the project has configured to happen around a run
  | "lock/busy"
  | "interrupted"
  | "internal"; // a bug in the tool

/** Facts about an error; those that are absent are unknown. */
export interface ErrorFacts {
  /** What to type or do next: one sentence, without a full stop. */
  readonly hint?: string | undefined;
  /** What of the failed work is done and stays, and how to continue: in sentences, without the last full stop. */
  readonly stays?: string | undefined;
  readonly revision?: string | undefined;
  /** A path as the user would type it. */
  readonly file?: string | undefined;
  /** Counted from 1. */
  readonly line?: number | undefined;
  /** Counted from 1. */
  readonly column?: number | undefined;
  /**
   * More lines for people to read: a statement with a caret, the server's detail. Not part of the
   * message.
   */
  readonly detail?: string | undefined;
  readonly cause?: unknown;
}

/**
 * A failure that the tool expects and explains. Anything else that is thrown is a bug in the tool or in
 * the user's script.
 */
export class ToolError extends Error {
  override readonly name: string = "ToolError";
  readonly code: ErrorCode;
  readonly facts: ErrorFacts;

  constructor(code: ErrorCode, message: string, facts: ErrorFacts = {}) {
    super(message, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.code = code;
    this.facts = facts;
  }

  /** Returns the same error with `facts` added where it has none of its own. */
  with(facts: ErrorFacts): ToolError {
    return Object.assign(
      new ToolError(this.code, this.message, { ...facts, ...known(this.facts) }),
      {
        stack: this.stack,
      },
    );
  }
}

/** Returns all advice in `facts`, as sentences; `undefined` if there is none. */
export function adviceIn({ hint, stays }: ErrorFacts): string | undefined {
  // PostgreSQL's own hints end with a full stop.
  return hint && stays ? `${hint.replace(/\.$/, "")}. ${stays}` : hint ?? stays;
}

function known(facts: ErrorFacts): ErrorFacts {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
}

/** Returns the operating system's error code, such as `ENOENT`; `undefined` if `error` has none. */
export function systemCode(error: unknown): string | undefined {
  return error instanceof Error && "code" in error ? String(error.code) : undefined;
}

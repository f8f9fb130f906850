import type { OperationView } from "../../autogenerate/operation_view.ts";
import type { DialectName } from "../../dialect/dialect.ts";
import type { ToolError } from "../../error.ts";
import type { HistoryEntry } from "../../migrate/history/read_history.ts";
import type { StepView } from "../../report/step_view.ts";
import type { Schema } from "../../schema/schema.ts";
import type { InterruptedView } from "./interrupted_view.ts";
import type { RevisionView } from "./revision_view.ts";

/** What a command found or did. Only `lib/cli` turns it into text or JSON. */
export type Result =
  | RevisionsResult
  | RunResult
  | WrittenResult
  | MessageResult
  | ScriptResult
  | LogResult
  | StatusResult
  | SchemaResult
  | ComparisonResult
  | VerificationResult;

/** A list of revisions. */
export interface RevisionsResult {
  readonly kind: "revisions";
  /** `branches` and `branchEntries` also contain the children of the branch points. */
  readonly layout: "line" | "history" | "branches" | "branchEntries" | "entry";
  readonly revisions: readonly RevisionView[];
  /** Rows of the version table without a file, in order. */
  readonly missing?: readonly string[];
  /** The database that was queried, without its password. */
  readonly database?: string;
  /** Half-done work; absent if it was not asked for. */
  readonly interrupted?: readonly InterruptedView[];
  /** Why a script should not continue, if the command was asked to check: exit code 3. */
  readonly pending?: string;
}

/** What a run did, or would do. */
export interface RunResult {
  readonly kind: "run";
  readonly dryRun: boolean;
  readonly steps: readonly StepView[];
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly durationMs: number;
}

/** Revision files that were written; empty if there was nothing to write. */
export interface WrittenResult {
  readonly kind: "written";
  readonly revisions: readonly RevisionView[];
  /** The operations of a generated revision. */
  readonly operations?: readonly OperationView[];
}

/** What leads from one schema to another. */
export interface ComparisonResult {
  readonly kind: "comparison";
  /** The heading above the operations, or the text instead of them. */
  readonly title: string;
  /** From the database to the models, or from one side of a comparison to the other. */
  readonly operations: readonly OperationView[];
  /** From what the revisions make to the actual database. */
  readonly drift: readonly OperationView[];
  /** Whether a script should not continue: exit code 3. */
  readonly pending: boolean;
  /** The statements of the operations, if they were asked for instead. */
  readonly sql?: string;
}

/** The results of upgrading, downgrading and upgrading again. Exit code 3 if something failed. */
export interface VerificationResult {
  readonly kind: "verification";
  /** In the order in which they were verified. */
  readonly revisions: readonly VerifiedRevision[];
}

/** A revision that was verified. */
export interface VerifiedRevision extends Verdict {
  readonly revision: string;
  readonly message: string;
  /** Relative to the working directory if inside it. */
  readonly path: string;
}

/** What came of downgrading a revision and upgrading it again. */
export interface Verdict {
  readonly outcome: "passed" | "irreversible" | "failed";
  /** Why it cannot be downgraded. */
  readonly reason?: string;
  readonly problems: readonly Problem[];
}

/** A direction in which a revision does not lead to what it should. */
export interface Problem {
  /** Back to what was there before, or up again to what was there after it. */
  readonly step: "downgrade" | "upgrade";
  /** Why it cannot be run at all. */
  readonly error?: ToolError;
  /** From the expected schema to the actual one. */
  readonly operations: readonly OperationView[];
}

/**
 * The state of a database. Exit code 3 if a script should not continue as if everything were done.
 */
export interface StatusResult {
  readonly kind: "status";
  /** Without its password. */
  readonly database: string;
  readonly current: readonly RevisionView[];
  /** Rows of the version table without a file. */
  readonly missing: readonly string[];
  /** In the order to apply them; empty if `missing` is not. */
  readonly pending: readonly RevisionView[];
  /** Of all branches. */
  readonly heads: readonly RevisionView[];
  /** The applied revisions whose files were changed since. */
  readonly drift: readonly DriftView[];
  readonly interrupted: readonly InterruptedView[];
  /** Who is at work. */
  readonly holder: string | null;
}

/** An applied revision whose file was changed since. */
export interface DriftView {
  readonly revision: string;
  readonly verdict: "cosmetic" | "semantic";
  /**
   * The path of the changed file, which may be one that the revision imports; relative to the
   * working directory if inside it.
   */
  readonly path: string;
  readonly line: number | null;
  /** Which lines, in words; null if it cannot be told. */
  readonly change: string | null;
}

/** A row of the history. */
export interface LogEntry extends Omit<HistoryEntry, "milliseconds"> {
  readonly durationMs: number;
}

/** What was done to a database. */
export interface LogResult {
  readonly kind: "log";
  /** Without its password. */
  readonly database: string;
  /** Newest first. */
  readonly entries: readonly LogEntry[];
}

/** SQL, printed instead of run. */
export interface ScriptResult {
  readonly kind: "script";
  /** The text, piece by piece: a revision may be larger than memory. */
  readonly pieces: AsyncIterable<string>;
}

/** The schema of a database. */
export interface SchemaResult {
  readonly kind: "schema";
  readonly dialect: DialectName;
  readonly schema: Schema;
  /** The script that creates it in an empty database. */
  readonly sql: string;
}

/** Lines of text, with the same facts for JSON. */
export interface MessageResult {
  readonly kind: "message";
  readonly lines: readonly string[];
  readonly json: Readonly<Record<string, unknown>>;
  /** Whether it tells of something that should not be done twice. */
  readonly changes?: boolean;
}

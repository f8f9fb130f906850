import type { OperationView } from "../../autogenerate/operation_view.ts";
import type { DialectName } from "../../dialect/dialect.ts";
import type { ToolError } from "../../error.ts";
import type { HistoryEntry } from "../../migrate/history/read_history.ts";
import type { Schema } from "../../schema/schema.ts";
import type { InterruptedView } from "./interrupted_view.ts";
import type { RevisionView } from "./revision_view.ts";

/** What a command found or did. `lib/cli` alone turns it into text or JSON. */
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

export interface RevisionsResult {
  readonly kind: "revisions";
  /** `branches` and `branchEntries` hold the children of the branch points, too. */
  readonly layout: "line" | "history" | "branches" | "branchEntries" | "entry";
  readonly revisions: readonly RevisionView[];
  /** Rows of the version table that are not on disk, in order. */
  readonly missing?: readonly string[];
  /** The database that was asked, without its password. */
  readonly database?: string;
  /** Work that is half done; absent where it was not asked for. */
  readonly interrupted?: readonly InterruptedView[];
  /** Why a script should not go on, where the command was asked to tell: exit 3. */
  readonly pending?: string;
}

export interface StepView {
  readonly direction: "upgrade" | "downgrade" | "stamp";
  /** For a stamp, where it goes; empty for base. */
  readonly revision: string;
  readonly downRevisions: readonly string[];
  readonly message: string;
}

export interface RunResult {
  readonly kind: "run";
  readonly dryRun: boolean;
  readonly steps: readonly StepView[];
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly durationMs: number;
}

/** Revision files that were written; none, if there was nothing to write. */
export interface WrittenResult {
  readonly kind: "written";
  readonly revisions: readonly RevisionView[];
  /** What a generated one does. */
  readonly operations?: readonly OperationView[];
}

/** What leads from one schema to another. */
export interface ComparisonResult {
  readonly kind: "comparison";
  /** What people read above the operations, or instead of them. */
  readonly title: string;
  /** From the database to the models, or from one side of a comparison to the other. */
  readonly operations: readonly OperationView[];
  /** From what the revisions make to what the database has. */
  readonly drift: readonly OperationView[];
  /** Whether a script should not go on: exit 3. */
  readonly pending: boolean;
  /** The statements of the operations, where they were asked for instead. */
  readonly sql?: string;
}

/** What became of going up, down and up again. Exit 3 if something failed. */
export interface VerificationResult {
  readonly kind: "verification";
  /** In the order in which they were verified. */
  readonly revisions: readonly VerifiedRevision[];
}

export interface VerifiedRevision extends Verdict {
  readonly revision: string;
  readonly message: string;
  /** Relative to the working directory where it is below it. */
  readonly path: string;
}

export interface Verdict {
  readonly outcome: "passed" | "irreversible" | "failed";
  /** Why it cannot go down. */
  readonly reason?: string;
  readonly problems: readonly Problem[];
}

/** Where a revision does not lead to what it should. */
export interface Problem {
  /** Down to what was there before, or up again to what was there after it. */
  readonly step: "downgrade" | "upgrade";
  /** Why it cannot be done at all. */
  readonly error?: ToolError;
  /** From what it should be to what it is. */
  readonly operations: readonly OperationView[];
}

/** Where a database stands. Exit 3 if a script should not go on as if all were done. */
export interface StatusResult {
  readonly kind: "status";
  /** Without its password. */
  readonly database: string;
  readonly current: readonly RevisionView[];
  /** Rows of the version table that are not on disk. */
  readonly missing: readonly string[];
  /** In the order to apply them; empty where `missing` is not. */
  readonly pending: readonly RevisionView[];
  /** Of all branches. */
  readonly heads: readonly RevisionView[];
  /** The applied revisions whose files were changed since. */
  readonly drift: readonly DriftView[];
  readonly interrupted: readonly InterruptedView[];
  /** Who is at work. */
  readonly holder: string | null;
}

export interface DriftView {
  readonly revision: string;
  readonly verdict: "cosmetic" | "semantic";
  /** Of the file that was changed, which it may import; relative to the working directory where it is below it. */
  readonly path: string;
  readonly line: number | null;
  /** Which lines, in words; null: it cannot be told. */
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

/** SQL, instead of what it would do. */
export interface ScriptResult {
  readonly kind: "script";
  /** The text, piece by piece: a revision may be larger than memory. */
  readonly pieces: AsyncIterable<string>;
}

/** What a database has. */
export interface SchemaResult {
  readonly kind: "schema";
  readonly dialect: DialectName;
  readonly schema: Schema;
  /** The script that makes it in an empty database. */
  readonly sql: string;
}

/** Lines for people, with the same facts for JSON. */
export interface MessageResult {
  readonly kind: "message";
  readonly lines: readonly string[];
  readonly json: Readonly<Record<string, unknown>>;
}

import type { Database } from "../database/open_database.ts";
import type { Dialect } from "../dialect/dialect.ts";
import type { OperationsContext } from "../operations/operations.ts";
import type { Timeouts } from "../sql/timeouts.ts";
import type { VersionTable } from "../plan/version_table.ts";
import type { Report } from "../report/event.ts";
import type { Runner } from "./history/history.ts";
import type { OwnLockTimeout } from "./lock/own_lock_timeout.ts";
import type { RunProgress } from "./run_progress.ts";
import type { RunHooks } from "./run_hooks.ts";

/** What the executor works with; the same for all steps of a run. */
export interface RunOptions {
  readonly database: Database;
  readonly dialect: Dialect;
  readonly versionTable: VersionTable;
  /** Whether `migrate_history` is written. */
  readonly history: boolean;
  /** SQLite and libSQL: whether foreign keys are enforced while steps run. */
  readonly foreignKeys: boolean;
  readonly runner: Runner;
  /** What revisions may query about the run. */
  readonly operations: OperationsContext;
  readonly report: Report;
  readonly now: () => Date;
  readonly lockWaitMilliseconds: number;
  /**
   * PostgreSQL: how long a schema change waits for a lock; 0: the session's own setting applies.
   */
  readonly lockTimeoutMilliseconds: number;
  /**
   * PostgreSQL: whether the running revision, which is not in one transaction, has set its own
   * `lock_timeout`.
   */
  readonly ownLockTimeout?: OwnLockTimeout;
  /** How long a transaction that did not get its locks is retried. */
  readonly lockRetryMilliseconds: number;
  /** For all steps; those of a step itself take precedence. */
  readonly timeouts: Timeouts;
  readonly hooks?: RunHooks | undefined;
  /** Kept up to date while the run lasts. */
  readonly progress?: RunProgress | undefined;
  readonly signal?: AbortSignal;
  /** PostgreSQL: the role that the session has taken on. */
  readonly role?: string | undefined;
}

import type { Database } from "../database/open_database.ts";
import type { Dialect } from "../dialect/dialect.ts";
import type { OperationsContext } from "../operations/operations.ts";
import type { Timeouts } from "../sql/timeouts.ts";
import type { VersionTable } from "../plan/version_table.ts";
import type { Report } from "../report/event.ts";
import type { Runner } from "./history/history.ts";
import type { OwnLockTimeout } from "./lock/own_lock_timeout.ts";
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
  /** What revisions may ask of the run. */
  readonly operations: OperationsContext;
  readonly report: Report;
  readonly now: () => Date;
  readonly lockWaitMilliseconds: number;
  /** PostgreSQL: how long a change to the schema waits for a lock; 0: as long as the session has it. */
  readonly lockTimeoutMilliseconds: number;
  /** PostgreSQL: what the revision at work, which is not in one transaction, says of that itself. */
  readonly ownLockTimeout?: OwnLockTimeout;
  /** How long a transaction that did not get its locks is tried again. */
  readonly lockRetryMilliseconds: number;
  /** Of all steps; a step's own win. */
  readonly timeouts: Timeouts;
  readonly hooks?: RunHooks | undefined;
  readonly signal?: AbortSignal;
}

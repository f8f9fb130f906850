import type { Database } from "../database/open_database.ts";
import type { Dialect } from "../dialect/dialect.ts";
import type { OperationsContext } from "../operations/operations.ts";
import type { VersionTable } from "../plan/version_table.ts";
import type { Report } from "../report/event.ts";
import type { Runner } from "./history.ts";

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
  readonly signal?: AbortSignal;
}

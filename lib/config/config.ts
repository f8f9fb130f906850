import type { DatabaseUrl } from "../driver/driver.ts";
import type { VersionTable } from "../plan/version_table.ts";
import type { Timeouts } from "../sql/timeouts.ts";
import type { FileNaming } from "../script/file_name.ts";
import type { ScriptLocations } from "../script/script_directory.ts";
import type { ScriptFormat } from "../script/script_file.ts";
import type { PostWriteHook } from "./post_write_hook.ts";

/**
 * What `migrate.toml`, the environment and the command line say together. This folder reads them; it
 * opens neither a script directory nor a database.
 */
export interface Config extends ScriptLocations, FileNaming {
  /** Absolute; absent: there is no configuration file, and all is as by default. */
  readonly path?: string | undefined;
  /** How new revisions are written. */
  readonly revisionFormat: ScriptFormat;
  /** Absent: that of this machine. */
  readonly timezone?: string | undefined;
  /** In the order to run them. */
  readonly postWriteHooks: readonly PostWriteHook[];
  readonly versionTable: VersionTable;
  /** Whether `migrate_history` is written. */
  readonly history: boolean;
  readonly transactionPerMigration: boolean;
  readonly foreignKeys: boolean;
  readonly lockWaitMilliseconds: number;
  /** PostgreSQL: how long a change to the schema waits for a lock; 0: as long as the session has it. */
  readonly lockTimeoutMilliseconds: number;
  /** How long a transaction that did not get its locks is tried again. */
  readonly lockRetryMilliseconds: number;
  readonly timeouts: Timeouts;
  /**
   * Returns which database to work on. Asked only by what needs one.
   *
   * @throws {ToolError} `config/no_url` if nothing says so, `config/url` if it cannot be read.
   */
  readonly databaseUrl: () => DatabaseUrl;
}

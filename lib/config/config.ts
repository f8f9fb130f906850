import type { ScratchKind } from "../database/scratch/scratch.ts";
import type { DatabaseUrl } from "../driver/driver.ts";
import type { VersionTable } from "../plan/version_table.ts";
import type { Timeouts } from "../sql/timeouts.ts";
import type { CallbackName } from "../script/code/callbacks.ts";
import type { FileNaming } from "../script/write/file_name.ts";
import type { ScriptLocations } from "../script/script_directory.ts";
import type { ScriptFormat } from "../script/script_file.ts";
import type { Written } from "./choose_database_url.ts";
import type { PostWriteHook } from "./post_write_hook.ts";
import type { ChangedRevisions } from "./settings.ts";

/** Shell commands, by callback. */
export type CallbackCommands = { readonly [Name in CallbackName]?: string | undefined };

/**
 * The settings from `migrate.toml`, the environment and the command line combined. This folder
 * reads them; it opens neither a script directory nor a database.
 */
export interface Config extends ScriptLocations, FileNaming {
  /** Absolute; absent if there is no configuration file and everything has its default. */
  readonly path?: string | undefined;
  /** The language of new revisions. */
  readonly revisionFormat: ScriptFormat;
  /** Absent: that of this machine. */
  readonly timezone?: string | undefined;
  /** In the order to run them. */
  readonly postWriteHooks: readonly PostWriteHook[];
  /** The folder of the configuration file; without one, the working directory. */
  readonly root: string;
  readonly callbacks: CallbackCommands;
  readonly backup: {
    /** Whether every run backs up the database first. */
    readonly always: boolean;
    /** Absolute. */
    readonly folder: string;
  };
  readonly versionTable: VersionTable;
  /** Whether `migrate_history` is written. */
  readonly history: boolean;
  readonly changedRevisions: ChangedRevisions;
  readonly transactionPerMigration: boolean;
  readonly foreignKeys: boolean;
  readonly lockWaitMilliseconds: number;
  /**
   * PostgreSQL: how long a schema change waits for a lock; 0: the session's own setting applies.
   */
  readonly lockTimeoutMilliseconds: number;
  /** How long a transaction that did not get its locks is retried. */
  readonly lockRetryMilliseconds: number;
  readonly timeouts: Timeouts;
  /** The expected `databaseIdentity`; absent: any. */
  readonly expectDatabase?: string | undefined;
  /** PostgreSQL: the role to switch to, once connected. */
  readonly role?: string | undefined;
  /**
   * Returns the paths and URLs that define how the database should look, in order. Empty if none
   * do.
   *
   * @throws {ToolError} `config/no_url` if a variable in one is not set.
   */
  readonly models: () => readonly Written[];
  /** Where changes are tried out; absent: wherever possible. PostgreSQL only. */
  readonly scratch: ScratchKind | undefined;
  /**
   * Returns the database that exists only to try things out, if one is configured.
   *
   * @throws {ToolError} `config/invalid` or `config/url` if it cannot be read.
   */
  readonly scratchUrl: () => DatabaseUrl | undefined;
  /** PostgreSQL: the schemas to compare; absent: the one that new tables go to. */
  readonly schemas: readonly string[] | undefined;
  /** PostgreSQL: whether privileges are compared, too. */
  readonly grants: boolean;
  /** The file that the schema is dumped to after each run that changed it; absolute. */
  readonly dumpAfterUpgrade: string | undefined;
  /** Patterns of the objects that autogenerate considers; empty: all. */
  readonly include: readonly string[];
  /** Patterns of the objects that autogenerate ignores. */
  readonly exclude: readonly string[];
  /**
   * Returns the database to work on. Called only by commands that need one.
   *
   * @throws {ToolError} `config/no_url` if none is configured, `config/url` if the URL cannot be
   *   read.
   */
  readonly databaseUrl: () => DatabaseUrl;
  /**
   * Returns the URL of the same database without a connection pooler, or `undefined` if none is
   * configured.
   *
   * @throws {ToolError} As `databaseUrl`.
   */
  readonly directUrl: () => DatabaseUrl | undefined;
}

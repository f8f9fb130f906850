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

/** Shell commands, by when they are run. */
export type CallbackCommands = { readonly [Name in CallbackName]?: string | undefined };

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
  /** The folder that the configuration is in; without one, where the command was typed. */
  readonly root: string;
  readonly callbacks: CallbackCommands;
  readonly backup: {
    /** Whether each run saves the database first. */
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
  /** PostgreSQL: how long a change to the schema waits for a lock; 0: as long as the session has it. */
  readonly lockTimeoutMilliseconds: number;
  /** How long a transaction that did not get its locks is tried again. */
  readonly lockRetryMilliseconds: number;
  readonly timeouts: Timeouts;
  /** What `databaseIdentity` must say; absent: whatever it is. */
  readonly expectDatabase?: string | undefined;
  /** PostgreSQL: whom to be, once connected. */
  readonly role?: string | undefined;
  /**
   * Returns what says how the database should look, in order: paths and URLs. Empty: nothing does.
   *
   * @throws {ToolError} `config/no_url` if a variable in one is not set.
   */
  readonly models: () => readonly Written[];
  /** Where what is only tried out is done; absent: where it may be. PostgreSQL only. */
  readonly scratch: ScratchKind | undefined;
  /**
   * Returns the database that is only there to try things out, if one is named.
   *
   * @throws {ToolError} `config/invalid` or `config/url` if it cannot be read.
   */
  readonly scratchUrl: () => DatabaseUrl | undefined;
  /** PostgreSQL: the schemas that are compared; absent: the one that new tables go to. */
  readonly schemas: readonly string[] | undefined;
  /** PostgreSQL: whether what roles may do is compared, too. */
  readonly grants: boolean;
  /** The file that holds the schema after each run that changed it; absolute. */
  readonly dumpAfterUpgrade: string | undefined;
  /** Patterns of what autogenerate sees; empty: everything. */
  readonly include: readonly string[];
  /** Patterns of what autogenerate leaves alone. */
  readonly exclude: readonly string[];
  /**
   * Returns which database to work on. Asked only by what needs one.
   *
   * @throws {ToolError} `config/no_url` if nothing says so, `config/url` if it cannot be read.
   */
  readonly databaseUrl: () => DatabaseUrl;
  /**
   * Returns where the same database is without a connection pooler, or `undefined` if nothing says so.
   *
   * @throws {ToolError} As `databaseUrl`.
   */
  readonly directUrl: () => DatabaseUrl | undefined;
}

import type { ScratchKind } from "../database/scratch/scratch.ts";
import type { ScriptFormat } from "../script/script_file.ts";
import {
  anyText,
  count,
  duration,
  flag,
  flagOrText,
  oneOf,
  someText,
  someTexts,
  texts,
  timeout,
} from "./toml_reader.ts";
import type { TomlTable } from "./toml_table.ts";

/** What to do about a revision whose file was changed after it was applied. */
export type ChangedRevisions = "refuse" | "warn" | "ignore";

/** The settings of one database, or of all; absent ones have their defaults. */
export interface Settings {
  readonly databaseUrl?: string | undefined;
  readonly scriptLocation?: string | undefined;
  readonly versionLocations?: readonly string[] | undefined;
  readonly recursive?: boolean | undefined;
  readonly revisionFormat?: ScriptFormat | undefined;
  readonly fileTemplate?: string | undefined;
  readonly truncateSlugLength?: number | undefined;
  readonly timezone?: string | undefined;
  readonly versionTable?: string | undefined;
  readonly versionTableSchema?: string | undefined;
  readonly history?: boolean | undefined;
  readonly changedRevisions?: ChangedRevisions | undefined;
  readonly backup?: boolean | string | undefined;
  readonly transactionPerMigration?: boolean | undefined;
  readonly foreignKeys?: boolean | undefined;
  readonly lockWaitMilliseconds?: number | undefined;
  readonly lockTimeoutMilliseconds?: number | undefined;
  readonly lockRetryMilliseconds?: number | undefined;
  readonly directUrl?: string | undefined;
  readonly expectDatabase?: string | undefined;
  readonly role?: string | undefined;
  readonly statementTimeout?: number | undefined;
  readonly idleInTransaction?: number | undefined;
  readonly models?: readonly string[] | undefined;
  readonly scratch?: ScratchKind | undefined;
  readonly scratchUrl?: string | undefined;
  readonly schemas?: readonly string[] | undefined;
  readonly grants?: boolean | undefined;
  readonly dumpAfterUpgrade?: string | undefined;
  readonly include?: readonly string[] | undefined;
  readonly exclude?: readonly string[] | undefined;
}

/** Returns the settings in `table`. */
export function readSettings(table: TomlTable): Settings {
  return {
    databaseUrl: table.read("database_url", anyText),
    scriptLocation: table.read("script_location", someText),
    versionLocations: table.read("version_locations", someTexts),
    recursive: table.read("recursive_version_locations", flag),
    revisionFormat: table.read("revision_format", oneOf("ts", "js", "sql")),
    fileTemplate: table.read("file_template", someText),
    truncateSlugLength: table.read("truncate_slug_length", count),
    timezone: table.read("timezone", someText),
    versionTable: table.read("version_table", someText),
    versionTableSchema: table.read("version_table_schema", someText),
    history: table.read("history", flag),
    changedRevisions: table.read("changed_revisions", oneOf("refuse", "warn", "ignore")),
    backup: table.read("backup", flagOrText),
    transactionPerMigration: table.read("transaction_per_migration", flag),
    foreignKeys: table.read("foreign_keys", flag),
    lockWaitMilliseconds: table.read("lock_wait", duration),
    lockTimeoutMilliseconds: table.read("lock_timeout", timeout),
    lockRetryMilliseconds: table.read("lock_retry", duration),
    directUrl: table.read("direct_url", anyText),
    expectDatabase: table.read("expect_database", someText),
    role: table.read("role", someText),
    statementTimeout: table.read("statement_timeout", timeout),
    idleInTransaction: table.read("idle_in_transaction", timeout),
    models: table.read("models", texts),
    scratch: table.read("scratch", oneOf("server", "embedded")),
    scratchUrl: table.read("scratch_url", someText),
    schemas: table.read("schemas", someTexts),
    grants: table.read("grants", flag),
    dumpAfterUpgrade: table.read("dump_after_upgrade", someText),
    include: table.read("include", texts),
    exclude: table.read("exclude", texts),
  };
}

/** Returns `special`, completed from `general`. */
export function overlay(general: Settings, special: Settings): Settings {
  const said = Object.entries(special).filter(([, value]) => value !== undefined);
  // A separate script location contains its own versions/.
  const inherited = special.scriptLocation === undefined
    ? general
    : { ...general, versionLocations: undefined };
  return { ...inherited, ...Object.fromEntries(said) };
}

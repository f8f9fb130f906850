import { readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { Env } from "../database/env.ts";
import { parseDatabaseUrl } from "../database/parse_database_url.ts";
import { systemCode, ToolError } from "../error.ts";
import { unreadable } from "../script/read_text.ts";
import { didYouMean } from "../sql/closest.ts";
import {
  chooseDatabaseUrl,
  chooseDirectUrl,
  expandVariables,
  type Written,
} from "./choose_database_url.ts";
import type { Config } from "./config.ts";
import { configName, findConfig } from "./find_config.ts";
import type { ConfigFile } from "./parse_config.ts";
import { readEnvFiles } from "./read_env_files.ts";
import { overlay, type Settings } from "./settings.ts";

/** Where to look, and what the command line specifies. */
export interface LoadConfigOptions {
  /** Absolute. */
  readonly cwd: string;
  readonly env: Env;
  /** Relative to `cwd`, like all paths here. */
  readonly configPath?: string | undefined;
  /** The NAME of a `[databases.NAME]`. */
  readonly name?: string | undefined;
  readonly databaseUrl?: string | undefined;
  /** Read instead of the `.env` beside the configuration. */
  readonly envFiles?: readonly string[] | undefined;
}

/**
 * Returns the configuration of the project that `cwd` is in. Without a configuration file,
 * everything has its default, relative to `cwd`.
 *
 * @throws {ToolError} `config/invalid`, with the line, for a file that cannot be read.
 */
export async function loadConfig(options: LoadConfigOptions): Promise<Config> {
  const { cwd, env, name } = options;
  const path = findConfig(cwd, options.configPath ?? (env["MIGRATE_CONFIG"] || undefined));
  const root = path === undefined ? cwd : dirname(path);
  const file = path === undefined ? emptyFile : await readConfig(path);
  const section = name === undefined ? undefined : findSection(name, file, path);
  const settings = section === undefined ? file.settings : overlay(file.settings, section);
  const fileEnv = await readEnvFiles({ cwd, root, envFiles: options.envFiles ?? [] });
  // Files named on the command line are relative to the working directory; the project's own .env
  // is not.
  const envRoot = options.envFiles === undefined || options.envFiles.length === 0 ? root : cwd;
  const sources = {
    // An empty one, as from a variable that is not set, must not fall back to another database.
    commandLine: options.databaseUrl === undefined ? undefined : { text: options.databaseUrl, cwd },
    section: written(section?.databaseUrl, root),
    environment: "DATABASE_URL" in env
      ? written(env["DATABASE_URL"], cwd)
      : written(fileEnv["DATABASE_URL"], envRoot),
    config: written(file.settings.databaseUrl, root),
    env: { ...fileEnv, ...env },
  };
  return {
    path,
    ...resolveSettings(settings, root),
    dumpAfterUpgrade: dumpPath(settings, root, path),
    models: () =>
      (settings.models ?? []).map((text) =>
        expandVariables({ text, cwd: root }, "models", sources.env)
      ),
    scratchUrl: () => {
      const scratchUrl = written(settings.scratchUrl, root);
      if (scratchUrl === undefined) return undefined;
      const { text, cwd } = expandVariables(scratchUrl, "scratch_url", sources.env);
      return parseDatabaseUrl(text, { cwd, env: sources.env });
    },
    root,
    callbacks: file.callbacks,
    postWriteHooks: file.postWriteHooks.map((it) => ({ ...it, cwd: resolve(root, it.cwd) })),
    databaseUrl: () => chooseDatabaseUrl(sources),
    directUrl: () =>
      chooseDirectUrl({
        env: sources.env,
        environment: "DIRECT_URL" in env
          ? written(env["DIRECT_URL"], cwd)
          : written(fileEnv["DIRECT_URL"], envRoot),
        config: written(settings.directUrl, root),
      }),
  };
}

const emptyFile: ConfigFile = {
  settings: {},
  databases: new Map(),
  postWriteHooks: [],
  callbacks: {},
};

async function readConfig(path: string): Promise<ConfigFile> {
  let text;
  try {
    text = readFileSync(path, "utf8");
  } catch (cause) {
    if (systemCode(cause) !== "ENOENT") {
      throw unreadable(path, cause, "Give a readable file with -c or MIGRATE_CONFIG");
    }
    throw new ToolError("config/invalid", `No config file '${path}' found`, {
      hint: `Check its name, or create it with: migrate init -c ${path}`,
      cause,
    });
  }
  // Loading a TOML reader takes time that a project without a configuration need not spend.
  const { parseConfig } = await import("./parse_config.ts");
  return parseConfig(text, path);
}

function findSection(name: string, { databases }: ConfigFile, path: string | undefined): Settings {
  const section = databases.get(name);
  if (section !== undefined) return section;
  const names = [...databases.keys()];
  throw new ToolError(
    "config/invalid",
    `No config file '${path ?? configName}' found, or file has no '[databases.${name}]' section`,
    {
      hint: didYouMean(name, names) ||
        (names.length > 0
          ? `It has ${names.join(", ")}`
          : "Leave -n out, or add that section, with a database_url"),
    },
  );
}

/** An empty URL counts as none: `DATABASE_URL=` in a file unsets it. */
function written(text: string | undefined, cwd: string): Written | undefined {
  return text === undefined || text === "" ? undefined : { text, cwd };
}

/** @throws {ToolError} `config/invalid` if the dump would overwrite the models. */
function dumpPath(
  { dumpAfterUpgrade, models = [] }: Settings,
  root: string,
  file: string | undefined,
): string | undefined {
  if (dumpAfterUpgrade === undefined) return undefined;
  const path = resolve(root, dumpAfterUpgrade);
  const taken = models.find((it) => [path, dirname(path)].includes(resolve(root, it)));
  if (taken === undefined) return path;
  throw new ToolError(
    "config/invalid",
    `Cannot write the schema to "${dumpAfterUpgrade}": that is where the models are`,
    { file, hint: "Set dump_after_upgrade to another file" },
  );
}

/** Fills in the defaults. */
function resolveSettings(
  settings: Settings,
  root: string,
): Omit<
  Config,
  | "path"
  | "root"
  | "callbacks"
  | "postWriteHooks"
  | "databaseUrl"
  | "directUrl"
  | "scratchUrl"
  | "models"
  | "dumpAfterUpgrade"
> {
  const { versionTableSchema: schema, versionTable: name = "alembic_version" } = settings;
  const scriptDirectory = resolve(root, settings.scriptLocation ?? "migrations");
  const locations = settings.versionLocations?.map((it) => resolve(root, it));
  return {
    scriptDirectory,
    versionLocations: locations ?? [join(scriptDirectory, "versions")],
    recursive: settings.recursive ?? false,
    revisionFormat: settings.revisionFormat ?? "ts",
    fileTemplate: settings.fileTemplate ?? defaultFileTemplate,
    truncateSlugLength: settings.truncateSlugLength || 40,
    timezone: settings.timezone,
    versionTable: { name, ...(schema !== undefined && { schema }) },
    history: settings.history ?? true,
    changedRevisions: settings.changedRevisions ?? "refuse",
    backup: {
      always: settings.backup !== undefined && settings.backup !== false,
      folder: resolve(root, typeof settings.backup === "string" ? settings.backup : "backups"),
    },
    transactionPerMigration: settings.transactionPerMigration ?? false,
    foreignKeys: settings.foreignKeys ?? false,
    lockWaitMilliseconds: settings.lockWaitMilliseconds ?? 60_000,
    lockTimeoutMilliseconds: settings.lockTimeoutMilliseconds ?? 500,
    lockRetryMilliseconds: settings.lockRetryMilliseconds ?? 60_000,
    expectDatabase: settings.expectDatabase,
    role: settings.role,
    timeouts: {
      statement: settings.statementTimeout,
      idleInTransaction: settings.idleInTransaction,
    },
    scratch: settings.scratch,
    schemas: settings.schemas,
    grants: settings.grants ?? false,
    include: settings.include ?? [],
    exclude: settings.exclude ?? [],
  };
}

const defaultFileTemplate = "%(year)d%(month).2d%(day).2d_%(hour).2d%(minute).2d_%(rev)s_%(slug)s";

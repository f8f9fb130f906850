import type { Env } from "../database/env.ts";
import { parseDatabaseUrl } from "../database/parse_database_url.ts";
import { postgresEnvUrl } from "../database/postgres_env_url.ts";
import type { DatabaseUrl } from "../driver/driver.ts";
import { ToolError } from "../error.ts";

/** A URL or a path as written somewhere. */
export interface Written {
  readonly text: string;
  /** The folder that a relative path in it is resolved against. */
  readonly cwd: string;
}

/** All that can name the database to work on, in order of precedence. */
export interface UrlSources {
  readonly commandLine: Written | undefined;
  /** From the `[databases.NAME]` that `-n` names. */
  readonly section: Written | undefined;
  readonly environment: Written | undefined;
  /** From the configuration file. */
  readonly config: Written | undefined;
  /** For `POSTGRES_HOST`, `PGHOST` and the like, and for `${VAR}` in the configuration file. */
  readonly env: Env;
}

/**
 * Returns the database to work on.
 *
 * @throws {ToolError} `config/no_url` if none is named, `config/url` if the URL cannot be read.
 */
export function chooseDatabaseUrl(sources: UrlSources): DatabaseUrl {
  const { commandLine, section, environment, config, env } = sources;
  if (commandLine !== undefined) return parse(commandLine, env);
  if (section !== undefined) return parse(expandVariables(section, "database_url", env), env);
  if (environment !== undefined) return parse(environment, env);
  const fromParts = postgresEnvUrl(env);
  if (fromParts !== undefined) return fromParts;
  if (config !== undefined) return parse(expandVariables(config, "database_url", env), env);
  throw new ToolError(
    "config/no_url",
    "Cannot tell which database to work on: no URL is configured",
    {
      hint:
        "Set DATABASE_URL, or database_url in migrate.toml, or give --database-url sqlite:///dev.db",
    },
  );
}

/**
 * Returns the URL that bypasses a connection pooler, if one is configured.
 *
 * @throws {ToolError} As {@linkcode chooseDatabaseUrl}.
 */
export function chooseDirectUrl(
  { environment, config, env }: Pick<UrlSources, "environment" | "config" | "env">,
): DatabaseUrl | undefined {
  if (environment !== undefined) return parse(environment, env);
  return config === undefined ? undefined : parse(expandVariables(config, "direct_url", env), env);
}

function parse({ text, cwd }: Written, env: Env): DatabaseUrl {
  return parseDatabaseUrl(text, { cwd, env });
}

/**
 * Returns `written`, the value of `key` in the configuration, with each `${VAR}` replaced from the
 * environment.
 *
 * @throws {ToolError} `config/no_url` if a variable is not set.
 */
export function expandVariables({ text, cwd }: Written, key: string, env: Env): Written {
  const expanded = text.replace(/\$\{(\w+)\}/g, (_, name: string) => {
    const value = env[name];
    if (value !== undefined) return value;
    throw new ToolError(
      "config/no_url",
      `Cannot read ${key}: the variable ${name} in it is not set`,
      {
        hint: `Set ${name} in the environment or in .env`,
      },
    );
  });
  return { text: expanded, cwd };
}

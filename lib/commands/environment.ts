import type { Config } from "../config/config.ts";
import type { Context } from "../config/context.ts";
import { loadConfig } from "../config/load_config.ts";
import { ToolError } from "../error.ts";
import type { Report } from "../report/event.ts";

/** A project and its surroundings: what every command works with. */
export interface Environment {
  /**
   * The configuration, as the commands read it.
   *
   * @internal
   */
  readonly config: Config;
  readonly context: Context;
  /** The values of `-x KEY=VALUE`; a revision reads them as `op.x`. */
  readonly x: Readonly<Record<string, string>>;
  /** How long to wait for a database that is starting up; 0: not at all. */
  readonly waitMilliseconds: number;
  /** Receives the events of opening the database. */
  readonly report: Report;
}

/** Which project, and how its configuration is overridden. Every field is optional. */
export interface EnvironmentOptions {
  /**
   * The configuration file; by default, `migrate.toml` is searched for from the working directory
   * upwards.
   */
  readonly config?: string;
  /** The NAME of a `[databases.NAME]` in the configuration. */
  readonly name?: string;
  readonly databaseUrl?: string;
  /** Read instead of the `.env` beside the configuration. */
  readonly envFiles?: readonly string[];
  readonly x?: Readonly<Record<string, string>>;
  /** How long to wait for a database that is starting up. Default: not at all. */
  readonly waitMilliseconds?: number;
  readonly report?: Report;
}

/**
 * Reads the configuration of a project. Its database is not opened yet.
 *
 * @throws {ToolError} If the configuration cannot be read.
 */
export async function openEnvironment(
  context: Context,
  options: EnvironmentOptions = {},
): Promise<Environment> {
  const { config: configPath, name, databaseUrl, envFiles, x = {} } = options;
  const { waitMilliseconds = 0, report = () => {} } = options;
  const config = await loadConfig({
    cwd: context.cwd,
    env: context.env,
    ...(configPath !== undefined && { configPath }),
    ...(name !== undefined && { name }),
    ...(databaseUrl !== undefined && { databaseUrl }),
    ...(envFiles !== undefined && { envFiles }),
  });
  return { config, context: withReason(context), x, waitMilliseconds, report };
}

/**
 * Returns `context` with a signal whose reason is a user-facing error, which aborted work throws.
 */
function withReason(context: Context): Context {
  const { signal } = context;
  if (signal === undefined) return context;
  const told = new AbortController();
  const abort = () =>
    told.abort(
      signal.reason instanceof ToolError
        ? signal.reason
        : new ToolError("interrupted", "Interrupted", { cause: signal.reason }),
    );
  if (signal.aborted) abort();
  else signal.addEventListener("abort", abort, { once: true });
  // Its methods may be inherited from a class.
  return Object.create(context, { signal: { value: told.signal } });
}

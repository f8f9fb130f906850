import deno from "../../../deno.json" with { type: "json" };
import type { RunOptions } from "../../migrate/run_options.ts";
import type { Report } from "../../report/event.ts";
import type { OpenDatabase } from "../database/with_database.ts";
import type { Environment } from "../environment.ts";
import { operationsContext } from "./operations_context.ts";

/** How `upgrade`, `downgrade` and `stamp` run. */
export interface RunCommandOptions {
  /** Read the database and plan, but change nothing. */
  readonly dryRun?: boolean;
  /** With `dryRun`: plan from these revisions, without a database. Empty: from base. */
  readonly from?: readonly string[] | undefined;
  readonly tag?: string | undefined;
  /** How long to wait for another run to end. */
  readonly lockWaitMilliseconds?: number | undefined;
  /** How long a transaction that did not get its locks is retried. */
  readonly lockRetryMilliseconds?: number | undefined;
  /**
   * Back up the database first, into this folder; `true`: into the configured one. Default: as
   * configured.
   */
  readonly backup?: string | boolean | undefined;
}

/** Returns what the executor needs of the environment. */
export async function runOptions(
  environment: Environment,
  { database, dialect }: Pick<OpenDatabase, "database" | "dialect">,
  options: RunCommandOptions,
  report: Report,
): Promise<RunOptions> {
  const { config, context } = environment;
  return {
    database,
    dialect,
    versionTable: config.versionTable,
    history: config.history,
    foreignKeys: config.foreignKeys,
    runner: { ...await context.identity(), toolVersion: deno.version },
    operations: await operationsContext(environment, dialect.name, options.tag),
    report,
    now: context.now,
    lockWaitMilliseconds: options.lockWaitMilliseconds ?? config.lockWaitMilliseconds,
    lockTimeoutMilliseconds: config.lockTimeoutMilliseconds,
    lockRetryMilliseconds: options.lockRetryMilliseconds ?? config.lockRetryMilliseconds,
    timeouts: config.timeouts,
    ...(context.signal && { signal: context.signal }),
    role: config.role,
  };
}

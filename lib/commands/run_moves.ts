import { stepContents } from "../migrate/step_contents.ts";
import { readHeads } from "../migrate/read_heads.ts";
import { run } from "../migrate/run.ts";
import type { RunOptions } from "../migrate/run_options.ts";
import { makePlan } from "../plan/make_plan.ts";
import { type Plan, type Step, stepsOf } from "../plan/plan.ts";
import type { Report } from "../report/event.ts";
import type { RevisionId } from "../revision/revision.ts";
import type { RevisionMap } from "../revision/revision_map.ts";
import type { Move } from "../revision/route.ts";
import { resolveRevisions } from "../revision/resolve.ts";
import { parseTarget } from "../revision/target.ts";
import { openScriptDirectory } from "../script/script_directory.ts";
import { isMissingFile } from "../database/is_missing_file.ts";
import type { Dialect } from "../dialect/dialect.ts";
import deno from "../../deno.json" with { type: "json" };
import type { Environment } from "./environment.ts";
import { operationsContext } from "./operations_context.ts";
import type { RunResult } from "./result.ts";
import { stepView } from "./step_view.ts";
import { loadDialect, type OpenDatabase, withDatabase } from "./with_database.ts";

/** How `upgrade`, `downgrade` and `stamp` run. */
export interface RunCommandOptions {
  /** Read the database and plan, and change nothing. */
  readonly dryRun?: boolean;
  /** With `dryRun`: plan from these revisions, without a database. Empty: from base. */
  readonly from?: readonly string[] | undefined;
  readonly tag?: string | undefined;
  /** How long to wait for another run to end. */
  readonly lockWaitMilliseconds?: number | undefined;
  /** How long a transaction that did not get its locks is tried again. */
  readonly lockRetryMilliseconds?: number | undefined;
}

/**
 * Called once, with the heads before any waiting, to settle what a relative target means; what it
 * returns is asked again whenever another run has moved the database meanwhile.
 */
export type Way = (
  map: RevisionMap,
  heads: readonly RevisionId[],
) => (heads: readonly RevisionId[]) => readonly Move[];

/** Runs the moves that `way` names, or says what they are. */
export async function runMoves(
  environment: Environment,
  way: Way,
  options: RunCommandOptions,
  report: Report,
): Promise<RunResult> {
  const { config } = environment;
  const started = performance.now();
  const directory = openScriptDirectory(config);
  const { map } = directory;
  if (options.dryRun && options.from !== undefined) {
    const rows = options.from.flatMap((it) =>
      resolveRevisions(map, parseTarget(it)).map((found) => found.id)
    );
    return dryRunResult(
      makePlan({ map, rows, moves: way(map, rows)(rows), contentOf: nothing, boundaries: "run" }),
      started,
    );
  }
  const planner = async (dialect: Dialect, perStep: boolean) => {
    const contents = stepContents({
      directory,
      dialect,
      operations: await operationsContext(environment, dialect.name, options.tag),
      warn: (message) => report({ kind: "warned", message }),
    });
    const plan = async (movesFrom: ReturnType<Way>, rows: readonly RevisionId[]): Promise<Plan> => {
      const moves = movesFrom(rows);
      const contentOf = await contents(moves, { perStep });
      return makePlan({ map, rows, moves, contentOf, boundaries: perStep ? "step" : "run" });
    };
    const made = new Map<string, Promise<Plan>>();
    return (heads: readonly RevisionId[]) => {
      const movesFrom = way(map, heads);
      // The same plan is asked for before the lock is taken and behind it, and mostly nothing has changed.
      return (rows: readonly RevisionId[]): Promise<Plan> =>
        remembered(made, `${heads} ${rows}`, () => plan(movesFrom, rows));
    };
  };
  const plannerOfMissingFile = isMissingFile(config.databaseUrl())
    ? await planner(await loadDialect("sqlite"), config.transactionPerMigration)
    : undefined;
  // What cannot be planned must not leave an empty file behind.
  await plannerOfMissingFile?.([])([]);
  const { lockWaitMilliseconds } = options;
  return await withDatabase(
    environment,
    { create: !options.dryRun, report, lockWaitMilliseconds },
    async (open) => {
      report({ kind: "connected", database: open.shown });
      const { heads } = await readHeads(
        open.database.connection,
        open.dialect.name,
        config.versionTable,
      );
      const perStep = config.transactionPerMigration || open.database.connection.kind === "libsql";
      const planFrom = (plannerOfMissingFile ?? await planner(open.dialect, perStep))(heads);
      if (options.dryRun) return dryRunResult(await planFrom(heads), started);
      const outcome = await run(await runOptions(environment, open, options, report), planFrom);
      const { steps, from, to } = outcome;
      if (config.dumpAfterUpgrade !== undefined && steps.some(changesSchema)) {
        const { dumpAfter } = await import("./dump_after.ts");
        await dumpAfter(outcome, config.dumpAfterUpgrade, environment, report);
      }
      return result(false, steps, from, to, started);
    },
  );
}

function remembered<Value>(
  known: Map<string, Value>,
  key: string,
  make: () => Value,
): Value {
  const value = known.get(key) ?? make();
  known.set(key, value);
  return value;
}

/** Returns what the executor needs of the environment. */
export async function runOptions(
  environment: Environment,
  { database, dialect }: OpenDatabase,
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
  };
}

function changesSchema({ move }: Step): boolean {
  return move.direction !== "stamp";
}

function nothing(): { readonly work: readonly []; readonly transactional: true } {
  return { work: [], transactional: true };
}

function dryRunResult(plan: Plan, started: number): RunResult {
  return result(true, stepsOf(plan), plan.from, plan.to, started);
}

function result(
  dryRun: boolean,
  steps: readonly Step[],
  from: readonly string[],
  to: readonly string[],
  started: number,
): RunResult {
  return {
    kind: "run",
    dryRun,
    steps: steps.map((it) => stepView(it.move)),
    from,
    to,
    durationMs: Math.round(performance.now() - started),
  };
}

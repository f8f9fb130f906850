import { resolve } from "node:path";
import { readHeads } from "../../migrate/read_heads.ts";
import { run } from "../../migrate/run.ts";
import type { RunOptions } from "../../migrate/run_options.ts";
import { type RunOutcome, RunProgress } from "../../migrate/run_progress.ts";
import { makePlan } from "../../plan/make_plan.ts";
import { type Plan, type Step, stepsOf } from "../../plan/plan.ts";
import type { Event, Report } from "../../report/event.ts";
import { stepView } from "../../report/step_view.ts";
import { whenNeeded } from "../../report/when_needed.ts";
import { hasEnvironment } from "../../script/code/load_environment.ts";
import { resolveRevisions } from "../../revision/resolve.ts";
import type { RevisionMap } from "../../revision/revision_map.ts";
import { refuseOverlap } from "../../revision/rows.ts";
import { parseTarget } from "../../revision/target.ts";
import { openScriptDirectory } from "../../script/script_directory.ts";
import { isMemory } from "../../database/is_memory.ts";
import { isMissingFile } from "../../database/is_missing_file.ts";
import type { Dialect } from "../../dialect/dialect.ts";
import { checkScripts } from "./check_scripts.ts";
import type { Environment } from "../environment.ts";
import { movePlanner, type Way } from "./move_planner.ts";
import { type RunCommandOptions, runOptions } from "./run_options.ts";
import type { RunResult } from "../views/result.ts";
import { loadDialect, type OpenDatabase, withDatabase } from "../database/with_database.ts";

/** Further options, for `stamp`. */
export interface MoveOptions extends RunCommandOptions {
  /** Only the version table is written: the contents of files do not matter. */
  readonly runsNothing?: boolean;
}

/** Runs the moves of `way`, or returns them for a dry run. */
export async function runMoves(
  environment: Environment,
  way: Way,
  options: MoveOptions,
  told: Report,
): Promise<RunResult> {
  const { report, release } = whenNeeded(told);
  try {
    const result = await move(environment, way, options, report);
    if (result.dryRun) release();
    return result;
  } catch (error) {
    release();
    throw error;
  }
}

async function move(
  environment: Environment,
  way: Way,
  options: MoveOptions,
  report: Report,
): Promise<RunResult> {
  const { config } = environment;
  const started = performance.now();
  const directory = openScriptDirectory(config);
  const { map } = directory;
  if (options.dryRun && options.from !== undefined) {
    return dryRunResult(planFrom(options.from, way, map), started);
  }
  const { tag } = options;
  const plannerFor = (dialect: Dialect, perStep: boolean) =>
    movePlanner(way, { environment, directory, dialect, perStep, tag, report });
  const plannerOfMissingFile = isMissingFile(config.databaseUrl())
    ? await plannerFor(await loadDialect("sqlite"), config.transactionPerMigration)
    : undefined;
  // A failure to plan must not leave an empty file behind.
  await plannerOfMissingFile?.({ heads: [], unchanged: config.history && !options.runsNothing })(
    [],
  );
  const { lockWaitMilliseconds } = options;
  const changes = !options.dryRun;
  return await withDatabase(
    environment,
    { changes, create: changes, report, lockWaitMilliseconds },
    async (open) => {
      report({ kind: "connected", database: open.shown });
      if (changes && isMemory(open.url)) report(notKept);
      const { heads } = await readHeads(
        open.database.connection,
        open.dialect.name,
        config.versionTable,
      );
      const perStep = config.transactionPerMigration || open.database.connection.kind === "libsql";
      const unchanged = !options.runsNothing &&
        await checkScripts(heads, open, { config, directory, report });
      const planner = plannerOfMissingFile ?? await plannerFor(open.dialect, perStep);
      const plan = planner({ heads, unchanged });
      if (options.dryRun) {
        const { planDryRun } = await import("./plan_dry_run.ts");
        const planned = await planDryRun(plan, heads, { open, environment, directory, report });
        return dryRunResult(planned, started);
      }
      const { context } = environment;
      const progress = new RunProgress((it) => context.onRun?.(it));
      const bare = { ...await runOptions(environment, open, options, report), progress };
      const outcome = await run(
        await withHooks(bare, open, { environment, options }),
        plan,
        map,
      );
      if (config.dumpAfterUpgrade !== undefined && outcome.steps.some(changesSchema)) {
        const { dumpAfter } = await import("./dump_after.ts");
        await dumpAfter(outcome, config.dumpAfterUpgrade, environment, report);
      }
      return runResult(outcome, { dryRun: false, started });
    },
  );
}

/** Returns the plan from the revisions that `texts` name, without the work of its steps. */
function planFrom(texts: readonly string[], way: Way, map: RevisionMap): Plan {
  const rows = texts.flatMap((it) => resolveRevisions(map, parseTarget(it)).map(({ id }) => id));
  refuseOverlap(map, rows, "Name only revisions that do not depend on each other");
  return makePlan({
    map,
    rows,
    moves: way(map, rows)(rows),
    contentOf: () => ({ work: [], transactional: true }),
    boundaries: "run",
  });
}

/** A variable that should hold the path may be empty. */
const notKept: Event = {
  kind: "warned",
  message: "The database is in memory, and is lost when this command ends",
  hint: "Name a file in the database URL, as in sqlite:///./app.db",
};

/** The code around a run is loaded only if the project has any. */
async function withHooks(
  run: RunOptions,
  open: OpenDatabase,
  { environment, options }: { readonly environment: Environment; readonly options: MoveOptions },
): Promise<RunOptions> {
  const { config, context } = environment;
  const { backup = config.backup.always && !options.runsNothing } = options;
  const backupFolder = typeof backup === "string"
    ? resolve(context.cwd, backup)
    : backup
    ? config.backup.folder
    : undefined;
  const isWanted = backupFolder !== undefined ||
    Object.values(config.callbacks).some((it) => it !== undefined) ||
    hasEnvironment(config.scriptDirectory);
  if (!isWanted) return run;
  const { runHooks } = await import("./run_hooks.ts");
  const { report } = run;
  return { ...run, hooks: await runHooks(environment, open, { backupFolder, report }) };
}

function changesSchema({ move }: Step): boolean {
  return move.direction !== "stamp";
}

function dryRunResult(plan: Plan, started: number): RunResult {
  const { from, to } = plan;
  return runResult({ steps: stepsOf(plan), from, to }, { dryRun: true, started });
}

function runResult(
  { steps, from, to }: RunOutcome,
  { dryRun, started }: { readonly dryRun: boolean; readonly started: number },
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

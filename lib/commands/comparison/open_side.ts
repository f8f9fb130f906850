import { loadModels } from "../../autogenerate/models/load_models.ts";
import { readModels } from "../../autogenerate/models/read_models.ts";
import { withSurroundings } from "../../autogenerate/models/with_surroundings.ts";
import type { Live } from "../../database/scratch/scratch.ts";
import type { Dialect } from "../../dialect/dialect.ts";
import type { Connection, DatabaseUrl } from "../../driver/driver.ts";
import type { Report } from "../../report/event.ts";
import { resolveRevisions } from "../../revision/resolve.ts";
import type { RevisionId } from "../../revision/revision.ts";
import type { RevisionMap } from "../../revision/revision_map.ts";
import { absoluteTarget, upgradeRoute } from "../../revision/route.ts";
import type { Target } from "../../revision/target.ts";
import { upgradeGoal } from "../../revision/upgrade_goal.ts";
import type { Schema } from "../../schema/schema.ts";
import { loadEnvironment } from "../../script/code/load_environment.ts";
import { defaultSchema } from "./default_schema.ts";
import type { Environment } from "../environment.ts";
import { databaseAmong, findSources } from "./find_sources.ts";
import { openOther } from "./open_other.ts";
import { openScratchLike } from "./open_scratch_like.ts";
import { readDatabaseHeads } from "../database/read_database_heads.ts";
import { readSchema } from "./read_schema.ts";
import { openReplay } from "./replay.ts";
import { serverVersion } from "./server_version.ts";
import type { Side } from "./side.ts";
import { uncomparedSchemas } from "./uncompared_schemas.ts";

/** One side of a comparison: an open database that has its schema. */
export interface OpenSide extends AsyncDisposable {
  readonly connection: Connection;
  /** Normalized, without the tables of this tool. */
  readonly schema: Schema;
  readonly serverVersion: string;
  /** The schema of unqualified names. */
  readonly defaultSchema: string;
  /** Those that are used there, but not compared. */
  readonly uncomparedSchemas: readonly string[];
  readonly isScratch?: true;
  /** False: what it lacks may be wanted nevertheless, see `withUnsaid`. */
  readonly isWhole: boolean;
}

export interface SideOptions {
  readonly dialect: Dialect;
  /** The database that a scratch should resemble; absent: the project's own. */
  readonly live?: Live | undefined;
  /** The schema that models which cannot express everything may be completed from; absent: none. */
  readonly actual?: Schema | undefined;
  readonly report: Report;
}

/**
 * Opens a database that has what `side` names: that database itself, or a scratch in which it is
 * made.
 */
export async function openSide(
  side: Side,
  environment: Environment,
  options: SideOptions,
): Promise<OpenSide> {
  return side.kind === "database"
    ? await openLiveSide(side.url, environment, options)
    : await openScratchSide(side, environment, options);
}

async function openLiveSide(
  url: DatabaseUrl,
  environment: Environment,
  { dialect, report }: SideOptions,
): Promise<OpenSide> {
  await using opened = new AsyncDisposableStack();
  const { connection } = opened.use(await openOther(url, environment, report));
  const schema = await readSchema(connection, dialect, environment.config);
  const version = await serverVersion(connection, dialect.name);
  return owned(opened, {
    connection,
    schema,
    serverVersion: version,
    defaultSchema: await defaultSchema(connection, dialect.name),
    uncomparedSchemas: await uncomparedSchemas(connection, dialect.name, environment.config),
    isWhole: true,
  });
}

async function openScratchSide(
  side: Exclude<Side, { kind: "database" }>,
  environment: Environment,
  { dialect, live, actual, report }: SideOptions,
): Promise<OpenSide> {
  const sources = side.kind === "models"
    ? findSources(environment, side.path === undefined ? [] : [side.path], "name another side")
    : [];
  const url = databaseAmong(sources, dialect.name);
  if (url !== undefined) return await openLiveSide(url, environment, { dialect, report });
  await using opened = new AsyncDisposableStack();
  const scratch = opened.use(
    await openScratchLike(live, environment, { dialect: dialect.name, report }),
  );
  const { connection, serverVersion } = scratch;
  const common = {
    connection,
    serverVersion,
    defaultSchema: await defaultSchema(connection, dialect.name),
    isScratch: true,
  } as const;
  const uncompared = () => uncomparedSchemas(connection, dialect.name, environment.config);
  if (side.kind === "models") {
    const { naming = {} } = await loadEnvironment(environment.config.scriptDirectory);
    const models = withSurroundings(await readModels(sources, { dialect, naming }), actual);
    await loadModels(models, scratch, dialect);
    const schema = await readSchema(connection, dialect, environment.config);
    const { isWhole } = models;
    return owned(opened, {
      ...common,
      schema,
      uncomparedSchemas: await uncompared(),
      isWhole,
    });
  }
  const replay = await openReplay(environment, scratch, {
    warn: (message) => report({ kind: "warned", message }),
  });
  const revisions = side.kind === "rows"
    ? side.rows
    : await revisionsAt(side.target, replay.map, environment);
  await replay.make(upgradeRoute(replay.map, [], { kind: "settled", revisions }));
  const schema = await replay.schema();
  return owned(opened, {
    ...common,
    schema,
    uncomparedSchemas: await uncompared(),
    isWhole: true,
  });
}

/** Queries the database only for targets that begin at its current revisions. */
async function revisionsAt(
  target: Target,
  map: RevisionMap,
  environment: Environment,
): Promise<readonly RevisionId[]> {
  const start = target.kind === "relative" ? target.from : target;
  const rows = start.kind === "current" ? (await readDatabaseHeads(environment)).heads : undefined;
  if (rows && target.kind === "relative" && target.steps < 0) {
    const removed = absoluteTarget(map, rows, target, "downgrade").revisions;
    return [...map.ancestors(rows).difference(map.descendants(removed))];
  }
  const found = target.kind === "relative"
    ? upgradeGoal(map, rows ?? [], target)
    : resolveRevisions(map, target, { ...(rows && { rows }) });
  return found.map((it) => it.id);
}

/** Returns `side`, whose disposal closes `opened`. */
function owned(
  opened: AsyncDisposableStack,
  side: Omit<OpenSide, typeof Symbol.asyncDispose>,
): OpenSide {
  const stack = opened.move();
  return { ...side, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

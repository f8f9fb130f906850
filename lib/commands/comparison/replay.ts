import type { Scratch } from "../../database/scratch/scratch.ts";
import { ToolError } from "../../error.ts";
import { run } from "../../migrate/run.ts";
import { RunError } from "../../migrate/run_error.ts";
import { stepContents } from "../../migrate/step_contents.ts";
import { makePlan } from "../../plan/make_plan.ts";
import type { RevisionId } from "../../revision/revision.ts";
import type { RevisionMap } from "../../revision/revision_map.ts";
import { type Move, upgradeRoute } from "../../revision/route.ts";
import type { Schema } from "../../schema/schema.ts";
import { openScriptDirectory } from "../../script/script_directory.ts";
import type { Dialect } from "../../dialect/dialect.ts";
import type { Environment } from "../environment.ts";
import { operationsContext } from "../run/operations_context.ts";
import { takeOut } from "./prepared_schemas.ts";
import { readSchema } from "./read_schema.ts";
import { runOptions } from "../run/run_options.ts";
import { loadDialect } from "../database/with_database.ts";

/** How revisions are replayed. */
export interface ReplayOptions {
  readonly tag?: string | undefined;
  /** Receives the warnings of reading a revision. */
  readonly warn?: (message: string) => void;
  /** Schemas that no revision creates. */
  readonly keep?: readonly string[];
}

/**
 * The project's revisions, run on a scratch database by the same executor that runs them on the
 * live one.
 */
export interface Replay {
  readonly map: RevisionMap;
  readonly dialect: Dialect;
  /** Schemas that were found not to be created by any revision. */
  readonly broughtBack: readonly string[];
  /**
   * Makes `moves` in order.
   *
   * @throws {ToolError} With the revision that cannot be run there.
   */
  make(moves: readonly Move[]): Promise<void>;
  /** Returns the schema of the scratch database, normalized, without the tables of this tool. */
  schema(): Promise<Schema>;
}

/** Starts from an empty scratch database. Each revision is committed separately. */
export async function openReplay(
  environment: Environment,
  scratch: Scratch,
  { tag, warn = () => {}, keep = [] }: ReplayOptions = {},
): Promise<Replay> {
  const { config } = environment;
  const { connection } = scratch;
  const directory = openScriptDirectory(config);
  const { map } = directory;
  const dialect = await loadDialect(scratch.dialect);
  const operations = await operationsContext(environment, dialect.name, tag);
  const contents = stepContents({
    ...{ directory, dialect, operations, warn },
    signal: environment.context.signal,
  });
  // The schema of the live version table is created by hand, before any revision.
  const versionTable = { name: config.versionTable.name };
  const options = {
    ...await runOptions(environment, { database: scratch, dialect }, { tag }, () => {}),
    versionTable,
    history: false,
  };
  const prepared = await takeOut(connection, config.schemas ?? [], keep);
  const makeAll = async (moves: readonly Move[]): Promise<void> => {
    const contentOf = await contents(moves, { perStep: true });
    try {
      await run(
        options,
        (before) =>
          Promise.resolve(makePlan({ map, rows: before, moves, contentOf, boundaries: "step" })),
        map,
      );
    } catch (error) {
      if (!await prepared.bringBack(error)) throw error;
      const done = error instanceof RunError ? error.committed.steps.length : 0;
      await makeAll(moves.slice(done));
    }
  };
  return {
    map,
    dialect,
    broughtBack: prepared.there,
    make: async (moves) => {
      try {
        await makeAll(moves);
        await scratch.reset();
      } catch (error) {
        throw error instanceof ToolError ? notReplayed(error) : error;
      }
    },
    schema: () => readSchema(connection, dialect, { ...config, versionTable }),
  };
}

/**
 * Returns the schema that the project's revisions make, up to `revisions` with all that they need.
 *
 * @param scratch An empty database.
 * @throws {ToolError} With the revision that cannot be run there.
 */
export async function schemaAt(
  environment: Environment,
  revisions: readonly RevisionId[],
  scratch: Scratch,
  options: ReplayOptions = {},
): Promise<Schema> {
  const replay = await openReplay(environment, scratch, options);
  await replay.make(upgradeRoute(replay.map, [], { kind: "settled", revisions }));
  return await replay.schema();
}

/**
 * Makes clear that it did not fail in a database of the user's; what had been done there does not
 * matter.
 */
function notReplayed({ code, message, facts: { stays: _, ...facts } }: ToolError): ToolError {
  const [, what, revision, why] = /^Cannot (upgrade to|downgrade) (\S+): ([^]*)$/.exec(message) ??
    [];
  if (revision === undefined || code === "script/irreversible") {
    return new ToolError(code, message, facts);
  }
  const doing = what === "downgrade" ? "the downgrade of " : "";
  return new ToolError(code, `Cannot replay ${doing}${revision} on a scratch database: ${why}`, {
    ...facts,
    hint: facts.hint ??
      "What no revision makes, such as rows, is missing there: make it in a revision, or have the statement do without it",
  });
}

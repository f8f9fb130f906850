import { loadModels } from "../autogenerate/models/load_models.ts";
import { ToolError } from "../error.ts";
import type { Schema } from "../schema/schema.ts";
import { loadEnvironment } from "../script/load_environment.ts";
import { type ModelSource, modelSources } from "../script/model_source.ts";
import type { Environment } from "./environment.ts";
import { introspectOptions } from "./introspect_options.ts";
import { openProjectScratch, type ProjectScratchOptions } from "./open_project_scratch.ts";
import { loadDialect } from "./with_database.ts";

/** How the desired schema is read. */
export interface DesiredOptions extends ProjectScratchOptions {
  /** Instead of those configured; paths are relative to the working directory. */
  readonly models?: readonly string[] | undefined;
}

/** How a database should look. */
export interface Desired {
  /** As the server answers it: not normalized. */
  readonly schema: Schema;
  /** Of the scratch database whose spelling it has. */
  readonly serverVersion: string;
}

/**
 * Returns the schema that the project's models say, in the server's own spelling: they are loaded into a
 * scratch database, and that is introspected as the live one is, with `introspectOptions`.
 *
 * @throws {ToolError} `models/missing` if there are none, `models/invalid` if the server does not take
 *   them, `scratch/unavailable` if there is no place to load them into.
 */
export async function readDesired(
  environment: Environment,
  options: DesiredOptions,
): Promise<Desired> {
  const sources = findSources(environment, options.models);
  const { config } = environment;
  const dialect = await loadDialect(options.dialect);
  const { naming = {} } = await loadEnvironment(config.scriptDirectory);
  await using scratch = await openProjectScratch(environment, options);
  await loadModels(sources, { scratch, dialect, naming });
  const schema = await dialect.introspect(scratch.connection, introspectOptions(config));
  return { schema, serverVersion: scratch.serverVersion };
}

/** Returns the sources at `models`, which are paths and URLs; without any, those configured. */
export function findSources(
  { config, context }: Environment,
  models: readonly string[] = [],
): readonly ModelSource[] {
  const written = models.length > 0
    ? models.map((text) => ({ text, cwd: context.cwd }))
    : config.models;
  if (written.length > 0) return written.flatMap(({ text, cwd }) => modelSources(text, cwd));
  throw new ToolError(
    "models/missing",
    "Cannot tell how the database should look: no models are configured",
    {
      hint:
        'Set models = "schema.sql" (or a .ts file, a folder, a database\'s URL) in migrate.toml, or give --models',
    },
  );
}

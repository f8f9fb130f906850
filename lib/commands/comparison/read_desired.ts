import { loadModels } from "../../autogenerate/models/load_models.ts";
import { type Models, readModels } from "../../autogenerate/models/read_models.ts";
import { withSurroundings } from "../../autogenerate/models/with_surroundings.ts";
import { SchemaCache } from "../../database/schema_cache.ts";
import type { Schema } from "../../schema/schema.ts";
import { loadEnvironment } from "../../script/code/load_environment.ts";
import type { Environment } from "../environment.ts";
import { desiredCacheKey } from "./desired_cache_key.ts";
import { databaseAmong, findSources } from "./find_sources.ts";
import { introspectOptions } from "./introspect_options.ts";
import { openProjectScratch, type ProjectScratchOptions } from "./open_project_scratch.ts";
import { openOther } from "./open_other.ts";
import { serverVersion } from "./server_version.ts";
import { loadDialect } from "../database/with_database.ts";

/** How the desired schema is read. */
export interface DesiredOptions extends ProjectScratchOptions {
  /** Instead of those configured; paths are relative to the working directory. */
  readonly models?: readonly string[] | undefined;
  /** What is there: models that cannot say everything may use the rest of it. */
  readonly actual?: Schema;
}

/** How a database should look. */
export interface Desired {
  /** As the server answers it: not normalized. */
  readonly schema: Schema;
  /** Those that modules name. */
  readonly schemas: readonly string[];
  /** Of the server whose spelling it has. */
  readonly serverVersion: string;
  /** What it has besides, which `introspect` does not read. */
  readonly unread: readonly string[];
  /** False: what it does not have may be wanted all the same, see `withUnsaid`. */
  readonly isWhole: boolean;
  /** A scratch database has spelled it, not another live one. */
  readonly isScratch?: true;
}

/**
 * Returns the schema that the project's models say, in the server's own spelling: they are loaded into a
 * scratch database, and that is introspected as the live one is, with `introspectOptions`; another
 * database is introspected where it is. What was answered of models that take long is kept, and not asked again
 * until something has changed.
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
  const url = databaseAmong(sources, dialect.name);
  if (url !== undefined) {
    await using database = await openOther(url, environment, options.report);
    const read = introspectOptions(config);
    return {
      schema: await dialect.introspect(database.connection, read),
      unread: await dialect.unread(database.connection, read),
      schemas: [],
      serverVersion: await serverVersion(database.connection, dialect.name),
      isWhole: true,
    };
  }
  const { naming = {} } = await loadEnvironment(config.scriptDirectory);
  const models = withSurroundings(await readModels(sources, { dialect, naming }), options.actual);
  const { isWhole } = models;
  const schemas = namedSchemas(models);
  const key = await desiredCacheKey(models, environment, options);
  const cache = new SchemaCache(environment.context.env);
  const kept = key && cache.read(key);
  if (kept !== undefined) return { ...kept, schemas, isWhole, isScratch: true };
  await using scratch = await openProjectScratch(environment, options);
  const { connection, serverVersion: version } = scratch;
  await loadModels(models, scratch, dialect);
  const schema = await dialect.introspect(connection, introspectOptions(config));
  const unread = await dialect.unread(connection, introspectOptions(config));
  if (key !== undefined) cache.write(key, { schema, unread, serverVersion: version });
  return { schema, schemas, unread, serverVersion: version, isWhole, isScratch: true };
}

function namedSchemas({ steps }: Models): readonly string[] {
  const tables = steps.flatMap((it) => it.kind === "schema" ? it.schema.tables : []);
  return [...new Set(tables.flatMap((it) => it.schema ?? []))];
}

import { loadModels } from "../../autogenerate/models/load_models.ts";
import { readModels } from "../../autogenerate/models/read_models.ts";
import { withSurroundings } from "../../autogenerate/models/with_surroundings.ts";
import { formatDatabaseUrl } from "../../database/format_database_url.ts";
import { SchemaCache } from "../../database/schema_cache.ts";
import type { Unread } from "../../dialect/dialect.ts";
import type { Scratch } from "../../database/scratch/scratch.ts";
import type { DatabaseUrl } from "../../driver/driver.ts";
import { ToolError } from "../../error.ts";
import type { Schema } from "../../schema/schema.ts";
import { loadEnvironment } from "../../script/code/load_environment.ts";
import type { Environment } from "../environment.ts";
import { desiredCacheKey } from "./desired_cache_key.ts";
import { databaseAmong, findSources } from "./find_sources.ts";
import { introspectOptions } from "./introspect_options.ts";
import type { ProjectScratchOptions } from "./open_project_scratch.ts";
import { openOther } from "./open_other.ts";
import { serverVersion } from "./server_version.ts";
import { uncomparedSchemas } from "./uncompared_schemas.ts";
import { loadDialect } from "../database/with_database.ts";

/** How the desired schema is read. */
export interface DesiredOptions extends ProjectScratchOptions {
  /** Opens the database that models are loaded into. */
  readonly openScratch: () => Promise<Scratch>;
  /** Used instead of those configured; paths are relative to the working directory. */
  readonly models?: readonly string[] | undefined;
  /** The actual schema: models that cannot express everything are completed from it. */
  readonly actual?: Schema;
}

/** How a database should look. */
export interface Desired {
  /** As returned by the server: not normalized. */
  readonly schema: Schema;
  /** Those that the models use, but that are not compared. */
  readonly schemas: readonly string[];
  /** The version of the server whose spelling it has. */
  readonly serverVersion: string;
  readonly unread: readonly Unread[];
  /** False: what it lacks may be wanted nevertheless, see `withUnsaid`. */
  readonly isWhole: boolean;
  /** Spelled by a scratch database, not by another live one. */
  readonly isScratch?: true;
}

/**
 * Returns the schema defined by the project's models, in the server's own spelling: they are loaded
 * into a scratch database, which is introspected like the live one, with `introspectOptions`;
 * another database is introspected directly. The results for models that take long are cached until
 * something changes.
 *
 * @throws {ToolError} `models/missing` if there are none, `models/invalid` if the server rejects
 *   them or they are the live database, `scratch/unavailable` if there is no place to load them into.
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
    refuseItself(url, options.live?.url);
    await using database = await openOther(url, environment, options.report);
    const read = introspectOptions(config);
    return {
      schema: await dialect.introspect(database.connection, read),
      unread: await dialect.unread(database.connection, read),
      schemas: await uncomparedSchemas(database.connection, dialect.name, config),
      serverVersion: await serverVersion(database.connection, dialect.name),
      isWhole: true,
    };
  }
  const { naming = {} } = await loadEnvironment(config.scriptDirectory);
  const models = withSurroundings(await readModels(sources, { dialect, naming }), options.actual);
  const { isWhole } = models;
  const key = await desiredCacheKey(models, environment, options);
  const cache = new SchemaCache(environment.context.env);
  const kept = key && cache.read(key);
  if (kept !== undefined) return { ...kept, isWhole, isScratch: true };
  await using scratch = await options.openScratch();
  const { connection, serverVersion: version } = scratch;
  await loadModels(models, scratch, dialect);
  const schema = await dialect.introspect(connection, introspectOptions(config));
  const unread = await dialect.unread(connection, introspectOptions(config));
  const schemas = await uncomparedSchemas(connection, dialect.name, config);
  const read = { schema, schemas, unread, serverVersion: version };
  if (key !== undefined) cache.write(key, read);
  return { ...read, isWhole, isScratch: true };
}

function refuseItself(models: DatabaseUrl, live: DatabaseUrl | undefined): void {
  if (live === undefined || formatDatabaseUrl(models) !== formatDatabaseUrl(live)) return;
  throw new ToolError("models/invalid", "Cannot compare the database with itself", {
    hint:
      'Type "migrate check --drift" to compare it with its revisions, or "migrate revision --autogenerate --from-revisions" to write the difference as a revision',
  });
}

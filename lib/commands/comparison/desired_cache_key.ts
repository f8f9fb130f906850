import { fingerprint } from "../../autogenerate/models/fingerprint.ts";
import type { Models } from "../../autogenerate/models/read_models.ts";
import { databaseFacts } from "../../database/scratch/database_facts.ts";
import { formatDatabaseUrl } from "../../database/format_database_url.ts";
import deno from "../../../deno.json" with { type: "json" };
import type { Environment } from "../environment.ts";
import { introspectOptions } from "./introspect_options.ts";
import type { ProjectScratchOptions } from "./open_project_scratch.ts";

/**
 * Returns everything that determines how the server of a scratch database spells `models`: the
 * models, the server with its extensions, and the options of the query; `undefined` if that cannot
 * be known without a scratch database.
 */
export async function desiredCacheKey(
  models: Models,
  { config }: Environment,
  { dialect, live }: ProjectScratchOptions,
): Promise<readonly string[] | undefined> {
  if (dialect === "sqlite") {
    // Few tables are loaded as fast as their cache entry is read. The SQLite library is part of
    // this version.
    const { text, characters } = fingerprint(models);
    if (characters < fewestCharacters) return undefined;
    return [form, dialect, text, JSON.stringify(introspectOptions(config))];
  }
  if (live === undefined) return undefined;
  const { connection } = live;
  const { serverVersion, mayCreate, settings, encoding, row } = await databaseFacts(connection);
  const [extensions] = await connection.query({ sql: extensionsQuery });
  const place = { scratch: config.scratch, mayCreate, pooled: connection.pooled };
  const { datcollate, datctype, datlocale, daticulocale } = row;
  const url = config.scratchUrl();
  return [
    form,
    fingerprint(models).text,
    serverVersion,
    String(extensions?.["sum"]),
    JSON.stringify([place, url && formatDatabaseUrl(url), introspectOptions(config), settings]),
    JSON.stringify([encoding, datcollate, datctype, datlocale, daticulocale]),
  ];
}

/** The version of the cache format: changed whenever the same models would be read differently. */
const form = `${deno.version} 9`;

const fewestCharacters = 64 * 1024;

const extensionsQuery =
  `SELECT md5(coalesce(string_agg(name || ' ' || default_version, ',' ORDER BY name), '')) AS sum
  FROM pg_available_extensions`;

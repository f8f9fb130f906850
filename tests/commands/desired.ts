import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type Environment, openEnvironment } from "../../lib/commands/environment.ts";
import { loadDialect } from "../../lib/commands/database/with_database.ts";
import { openProjectScratch } from "../../lib/commands/comparison/open_project_scratch.ts";
import { type DesiredOptions, readDesired } from "../../lib/commands/comparison/read_desired.ts";
import { processContext } from "../../lib/config/process_context.ts";
import { openDatabase } from "../../lib/database/open_database.ts";
import { parseDatabaseUrl } from "../../lib/database/parse_database_url.ts";
import type { Schema } from "../../lib/schema/schema.ts";

/** A folder with `files`, and the project in it. Disposing of it removes the folder. */
export async function projectOf(
  files: Readonly<Record<string, string>>,
): Promise<{ readonly folder: string; readonly environment: Environment } & Disposable> {
  const folder = mkdtempSync(join(tmpdir(), "migrate-models-"));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const context = { ...processContext(), cwd: folder, env: {} };
  return {
    folder,
    environment: await openEnvironment(context),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Returns the schema that a project of `files` wants, on a database like the one at `url` or on SQLite. */
export async function desiredOf(
  files: Readonly<Record<string, string>>,
  options: WantedOptions = {},
): Promise<Schema> {
  using project = await projectOf(files);
  return await desiredIn(project.environment, options);
}

type WantedOptions = Partial<Omit<DesiredOptions, "openScratch">> & {
  readonly url?: string | undefined;
};

/** Returns the schema that the project of `environment` wants. */
export async function desiredIn(
  environment: Environment,
  { url, ...options }: WantedOptions,
): Promise<Schema> {
  if (url === undefined) return await normalized(environment, { dialect: "sqlite", ...options });
  const parsed = parseDatabaseUrl(url);
  await using database = await openDatabase(parsed, { create: false });
  const live = { url: parsed, connection: database.connection };
  return await normalized(environment, { dialect: database.dialect, live, ...options });
}

async function normalized(
  environment: Environment,
  options: Omit<DesiredOptions, "openScratch">,
): Promise<Schema> {
  const { normalize } = await loadDialect(options.dialect);
  const openScratch = () => openProjectScratch(environment, options);
  return normalize((await readDesired(environment, { ...options, openScratch })).schema);
}

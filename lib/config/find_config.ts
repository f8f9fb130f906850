import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/** The default name of the configuration file. */
export const configName = "migrate.toml";

/**
 * Returns the absolute path of the configuration file: the one asked for, on the command line or in
 * `MIGRATE_CONFIG`, whether it exists or not; else the first `migrate.toml` from `cwd` upwards;
 * `undefined` if there is none.
 */
export function findConfig(cwd: string, asked: string | undefined): string | undefined {
  if (asked !== undefined && asked !== "") return resolve(cwd, asked);
  for (let folder = cwd;; folder = dirname(folder)) {
    const path = join(folder, configName);
    if (existsSync(path)) return path;
    if (folder === dirname(folder)) return undefined;
  }
}

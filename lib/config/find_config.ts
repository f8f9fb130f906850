import { dirname, join, resolve } from "node:path";
import { ToolError } from "../error.ts";
import { isEntry } from "../script/is_entry.ts";

/** The default name of the configuration file. */
export const configName = "migrate.toml";

/**
 * Returns the absolute path of the configuration file: the one asked for, on the command line or in
 * `MIGRATE_CONFIG`, whether it exists or not; else the first `migrate.toml` from `cwd` upwards;
 * `undefined` if there is none.
 *
 * @throws {ToolError} `config/invalid` if the name asked for is empty: it must not mean the default file.
 */
export function findConfig(cwd: string, asked: string | undefined): string | undefined {
  if (asked !== undefined) return namedConfig(cwd, asked);
  for (let folder = cwd;; folder = dirname(folder)) {
    const path = join(folder, configName);
    if (isEntry(path)) return path;
    if (folder === dirname(folder)) return undefined;
  }
}

/**
 * Returns the absolute path of the configuration file `name`.
 *
 * @throws {ToolError} `config/invalid` if the name is empty.
 */
export function namedConfig(cwd: string, name: string): string {
  if (name !== "") return resolve(cwd, name);
  throw new ToolError("config/invalid", "Cannot find the configuration: its name is empty", {
    hint: "Leave -c out, or check the variable that should name the file",
  });
}

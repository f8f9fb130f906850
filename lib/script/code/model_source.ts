import { readdirSync, statSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import type { Env } from "../../database/env.ts";
import { isUrl, parseOtherUrl } from "../../database/parse_other_url.ts";
import type { DatabaseUrl } from "../../driver/driver.ts";
import { ToolError } from "../../error.ts";

/** A source that defines how a database should look. */
export type ModelSource =
  | { readonly kind: "sql"; readonly path: string }
  | { readonly kind: "module"; readonly path: string }
  | { readonly kind: "database"; readonly url: DatabaseUrl };

/**
 * Returns the sources that `text` names: a file, every model file of a folder sorted by name, or a
 * database by its URL.
 *
 * @throws {ToolError} `models/missing` or `database/unreachable` if nothing is there,
 *   `models/invalid` if it cannot be a model.
 */
export function modelSources(
  text: string,
  { cwd, env, isGiven }: {
    /** The folder that a relative path is resolved against. */
    readonly cwd: string;
    /** Supplies what a URL leaves out. */
    readonly env: Env;
    /** Given to the command, not configured. */
    readonly isGiven: boolean;
  },
): readonly ModelSource[] {
  if (isUrl(text)) {
    return [{ kind: "database", url: parseOtherUrl(text, { cwd, env }) }];
  }
  const path = resolve(cwd, text);
  const repair = isGiven
    ? "Check the path; it is relative to the working directory"
    : "Check models in migrate.toml; paths there are relative to it";
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) {
    return [sourceAt(path, repair)];
  }
  const names = readdirSync(path).filter((it) => /^[^._]/.test(it) && kindOf(it) !== undefined);
  if (names.length > 0) return names.sort().map((it) => sourceAt(join(path, it), repair));
  throw new ToolError("models/missing", `Cannot find models in "${text}": it has no model files`, {
    file: path,
    hint: "Put .sql, .ts or .js files into it, or name other models",
  });
}

function sourceAt(path: string, repair: string): ModelSource {
  const name = basename(path);
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) {
    throw new ToolError("models/missing", `Cannot find the models "${name}": no such file`, {
      file: path,
      hint: repair,
    });
  }
  const kind = kindOf(name);
  if (kind !== undefined) return { kind, path };
  throw new ToolError(
    "models/invalid",
    `Cannot use the models "${name}": it is neither SQL nor TypeScript`,
    { file: path, hint: "Name a .sql, .ts or .js file, a folder of them, or a database's URL" },
  );
}

function kindOf(name: string): "sql" | "module" | undefined {
  if (name.endsWith(".sql")) return "sql";
  return /\.[cm]?[jt]sx?$/.test(name) && !/\.d\.[cm]?ts$/.test(name) ? "module" : undefined;
}

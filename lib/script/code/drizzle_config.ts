import { globSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { ToolError } from "../../error.ts";

/** What drizzle-kit's configuration says about a project's models. */
export interface DrizzleConfig {
  /** The paths of the model modules; absolute. */
  readonly paths: readonly string[];
  /** How to name columns that are named only by their key. */
  readonly casing: "snake_case" | "camelCase" | undefined;
}

/**
 * Returns the configuration in `module`, loaded from `path`; `undefined` if it is not a
 * `drizzle.config.ts`. Paths and patterns in it are relative to it.
 */
export function drizzleConfig(
  { default: config }: Readonly<Record<string, unknown>>,
  path: string,
): DrizzleConfig | undefined {
  const isConfig = typeof config === "object" && config !== null && "schema" in config &&
    "dialect" in config && typeof config.dialect === "string";
  if (!isConfig) return undefined;
  const { schema } = config;
  const patterns = (Array.isArray(schema) ? schema : [schema]).filter((it) =>
    typeof it === "string"
  );
  const paths = patterns.flatMap((it) => modulesAt(it, dirname(path)));
  if (paths.length === 0) {
    throw new ToolError("models/missing", "Cannot find the models that schema names", {
      file: path,
      hint: 'Write schema: "./src/db/schema.ts"; paths there are relative to it',
    });
  }
  const casing = "casing" in config ? config.casing : undefined;
  return {
    paths: [...new Set(paths)],
    casing: casing === "snake_case" || casing === "camelCase" ? casing : undefined,
  };
}

function modulesAt(pattern: string, cwd: string): readonly string[] {
  const isFolder = statSync(join(cwd, pattern), { throwIfNoEntry: false })?.isDirectory();
  const found = globSync(isFolder ? join(pattern, "**/*") : pattern, { cwd });
  return found.filter((it) => /(?<!\.d)\.[cm]?[jt]sx?$/.test(it)).sort().map((it) =>
    resolve(cwd, it)
  );
}

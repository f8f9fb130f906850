import type { Scratch } from "../../database/scratch/scratch.ts";
import type { Dialect } from "../../dialect/dialect.ts";
import type { NamingConvention } from "../../schema/naming.ts";
import type { ModelSource } from "../../script/model_source.ts";
import { loadModules } from "./load_modules.ts";
import { loadSql } from "./load_sql.ts";

/** Where models are loaded to, and how. */
export interface LoadModelsOptions {
  readonly scratch: Scratch;
  readonly dialect: Dialect;
  /** What names constraints and indexes that modules give none. */
  readonly naming: NamingConvention;
}

/**
 * Makes on `scratch` what `sources` say: SQL files in their order, all modules where the first of them
 * stands. Returns whether what they do not say is not wanted: Drizzle's models alone cannot say everything.
 *
 * @throws {ToolError} `models/invalid`, with the file and the line, for what the server does not take.
 */
export async function loadModels(
  sources: readonly ModelSource[],
  options: LoadModelsOptions,
): Promise<boolean> {
  const modules = sources.flatMap((it) => it.kind === "module" ? [it.path] : []);
  let isWhole = false;
  for (const source of sources) {
    if (source.kind === "sql") {
      await loadSql(source.path, options.scratch);
      isWhole = true;
    } else if (source.kind === "module" && source.path === modules[0]) {
      isWhole = await loadModules(modules, options) || isWhole;
    }
  }
  return isWhole;
}

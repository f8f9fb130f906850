import type { QualifiedName, Schema, SchemaObject } from "../../schema/schema.ts";
import type { ModelSource } from "../../script/code/model_source.ts";
import { type ReadModelsOptions, readModules } from "./read_modules.ts";

/** What is created on a scratch database, in order. */
export type ModelStep =
  | { readonly kind: "sql"; readonly path: string }
  | {
    readonly kind: "schema";
    readonly schema: Schema;
    /** Where it is declared, if that is a single file. */
    readonly file: string | undefined;
    /** What is created with it where possible, see `withSurroundings`. */
    readonly surroundings?: readonly SchemaObject[];
  };

/** What models declare, as far as that can be known without a database. */
export interface Models {
  readonly steps: readonly ModelStep[];
  /** Whether what they do not declare is unwanted: Drizzle's models alone cannot declare everything. */
  readonly isWhole: boolean;
  /** The views that they use, created by other means. */
  readonly existing: readonly QualifiedName[];
}

/**
 * Reads `sources`: SQL files in their order, and all modules together in the position of the first.
 *
 * @throws {ToolError} `models/invalid`, or `script/failed` for a module that cannot be loaded.
 */
export async function readModels(
  sources: readonly ModelSource[],
  options: ReadModelsOptions,
): Promise<Models> {
  const paths = sources.flatMap((it) => it.kind === "module" ? [it.path] : []);
  const modules = paths.length === 0 ? undefined : await readModules(paths, options);
  const steps = sources.flatMap((it): readonly ModelStep[] => {
    if (it.kind === "sql") return [{ kind: "sql", path: it.path }];
    if (it.kind !== "module" || it.path !== paths[0] || modules === undefined) return [];
    const file = paths.length === 1 ? it.path : undefined;
    return [{ kind: "schema", schema: modules.schema, file }];
  });
  return {
    steps,
    isWhole: steps.some((it) => it.kind === "sql") || modules?.isWhole === true,
    existing: modules?.existing ?? [],
  };
}

import type { Dialect } from "../../dialect/dialect.ts";
import { ToolError } from "../../error.ts";
import { nameTable, type NamingConvention } from "../../schema/naming.ts";
import type { Schema } from "../../schema/schema.ts";
import { importModels } from "../../script/import_models.ts";
import { ModelCollector } from "./collect_models.ts";

/** How models are read. */
export interface ReadModelsOptions {
  readonly dialect: Dialect;
  /** What names constraints and indexes that modules give none. */
  readonly naming: NamingConvention;
}

/**
 * Returns what the modules at `paths` export: together, as one may reference what another has.
 *
 * @throws {ToolError} `models/invalid`, or `script/failed` if one cannot be loaded, with the file.
 */
export async function readModules(
  paths: readonly string[],
  { dialect, naming }: ReadModelsOptions,
): Promise<{ readonly schema: Schema; readonly isWhole: boolean }> {
  const collector = new ModelCollector({ dialect: dialect.name });
  for (const file of paths) {
    const module = await importModels(file);
    try {
      await collector.add(module);
    } catch (error) {
      throw error instanceof ToolError ? error.with({ file }) : error;
    }
  }
  const { schema, isWhole } = collector;
  if (Object.values(schema).every((it) => it.length === 0)) {
    throw new ToolError("models/invalid", "Cannot find models: no table is exported", {
      file: paths[0],
      hint: 'Export them: export const users = table("users", column("id", integer()))',
    });
  }
  const context = { convention: naming, longest: dialect.name === "postgres" ? 63 : undefined };
  return {
    schema: { ...schema, tables: schema.tables.map((it) => nameTable(it, context)) },
    isWhole,
  };
}

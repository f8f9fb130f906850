import type { Dialect } from "../../dialect/dialect.ts";
import { ToolError } from "../../error.ts";
import { nameTable, type NamingConvention, namingFor } from "../../schema/naming.ts";
import type { QualifiedName, Schema } from "../../schema/schema.ts";
import { drizzleConfig } from "../../script/code/drizzle_config.ts";
import { importModels } from "../../script/code/import_models.ts";
import { ModelCollector } from "./model_collector.ts";

/** How models are read. */
export interface ReadModelsOptions {
  readonly dialect: Dialect;
  /** Names the constraints and indexes that modules leave unnamed. */
  readonly naming: NamingConvention;
}

/** What modules declare together. */
export interface ModuleModels {
  readonly schema: Schema;
  /** See `Models`. */
  readonly isWhole: boolean;
  readonly existing: readonly QualifiedName[];
}

/**
 * Returns what the modules at `paths` export: all together, as one may reference what another declares. A
 * `drizzle.config.ts` is replaced by the modules that it names.
 *
 * @throws {ToolError} `models/invalid`, or `script/failed` if one cannot be loaded, with the file.
 */
export async function readModules(
  paths: readonly string[],
  { dialect, naming }: ReadModelsOptions,
): Promise<ModuleModels> {
  const collector = new ModelCollector({ dialect: dialect.name });
  for (const file of paths) {
    const module = await importModels(file);
    const config = drizzleConfig(module, file);
    if (config === undefined) await collector.add(module, { file });
    for (const it of config?.paths ?? []) {
      await collector.add(await importModels(it), { file: it, casing: config?.casing });
    }
  }
  const { schema, isWhole, existing } = collector;
  if (Object.values(schema).every((it) => it.length === 0)) {
    throw new ToolError("models/invalid", "Cannot find models: no table is exported", {
      file: paths[0],
      hint: 'Export them: export const users = table("users", column("id", integer()))',
    });
  }
  const context = namingFor(naming, dialect.name);
  return {
    schema: { ...schema, tables: schema.tables.map((it) => nameTable(it, context)) },
    isWhole,
    existing,
  };
}

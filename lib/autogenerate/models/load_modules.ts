import type { Scratch } from "../../database/scratch/scratch.ts";
import type { Dialect } from "../../dialect/dialect.ts";
import { ToolError } from "../../error.ts";
import { nameTable, type NamingConvention } from "../../schema/naming.ts";
import { importModels } from "../../script/import_models.ts";
import { ModelCollector } from "./collect_models.ts";
import { createSchema } from "./create_schema.ts";

/**
 * Makes on `scratch` what the modules at `paths` export: together, as one may reference what another has.
 * Returns whether what they do not say is not wanted: Drizzle's models alone cannot say everything.
 *
 * @throws {ToolError} `models/invalid`, or `script/failed` if one cannot be loaded, with the file.
 */
export async function loadModules(
  paths: readonly string[],
  { scratch, dialect, naming }: {
    readonly scratch: Scratch;
    readonly dialect: Dialect;
    readonly naming: NamingConvention;
  },
): Promise<boolean> {
  const collector = new ModelCollector({ dialect: dialect.name });
  for (const file of paths) {
    const module = await importModels(file);
    try {
      await collector.add(module);
    } catch (error) {
      throw error instanceof ToolError ? error.with({ file }) : error;
    }
  }
  const { schema } = collector;
  const [file] = paths;
  if (Object.values(schema).every((it) => it.length === 0)) {
    throw new ToolError("models/invalid", "Cannot find models: no table is exported", {
      file,
      hint: 'Export them: export const users = table("users", column("id", integer()))',
    });
  }
  const context = { convention: naming, longest: dialect.name === "postgres" ? 63 : undefined };
  const tables = schema.tables.map((it) => nameTable(it, context));
  try {
    await createSchema({ ...schema, tables }, scratch, dialect);
  } catch (error) {
    throw error instanceof ToolError && paths.length === 1 ? error.with({ file }) : error;
  }
  return collector.isWhole;
}

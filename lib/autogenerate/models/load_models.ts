import type { Scratch } from "../../database/scratch/scratch.ts";
import type { Dialect } from "../../dialect/dialect.ts";
import { ToolError } from "../../error.ts";
import { createSchema } from "./create_schema.ts";
import { loadSql } from "./load_sql.ts";
import type { Models } from "./read_models.ts";

/**
 * Creates what `models` declare on `scratch`.
 *
 * @throws {ToolError} `models/invalid`, with the file and the line, for what the server rejects.
 */
export async function loadModels(
  { steps }: Models,
  scratch: Scratch,
  dialect: Dialect,
): Promise<void> {
  for (const step of steps) {
    try {
      if (step.kind === "sql") await loadSql(step.path, scratch);
      else await createSchema(step.schema, scratch, dialect, step.surroundings);
    } catch (error) {
      if (!(error instanceof ToolError)) throw error;
      const { advised } = await import("../../dialect/advised.ts");
      const file = step.kind === "sql" ? step.path : step.file;
      throw (await advised(error, dialect.name, scratch.connection)).with({ file });
    }
  }
}

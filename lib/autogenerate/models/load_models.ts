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
    if (step.kind === "sql") {
      await loadSql(step.path, scratch);
      continue;
    }
    try {
      await createSchema(step.schema, scratch, dialect, step.surroundings);
    } catch (error) {
      throw error instanceof ToolError && step.file ? error.with({ file: step.file }) : error;
    }
  }
}

import type { Scratch } from "../../database/scratch/scratch.ts";
import type { ModelSource } from "../../script/model_source.ts";
import { loadSql } from "./load_sql.ts";

/**
 * Makes on `scratch` what `sources` say, in their order.
 *
 * @throws {ToolError} `models/invalid`, with the file and the line, for what the server does not take.
 */
export async function loadModels(
  sources: readonly ModelSource[],
  scratch: Scratch,
): Promise<void> {
  for (const source of sources) {
    if (source.kind === "sql") await loadSql(source.path, scratch);
  }
}

import { basename } from "node:path";
import { withImportAdvice } from "./import_advice.ts";
import { importCode } from "./import_code.ts";
import { userError } from "./user_error.ts";

/**
 * Returns what the module of models at `path` exports, by name.
 *
 * @throws {ToolError} `script/syntax` or `script/failed`, with the line, if it cannot be loaded.
 */
export async function importModels(path: string): Promise<Readonly<Record<string, unknown>>> {
  try {
    return await importCode(path);
  } catch (error) {
    throw await withImportAdvice(userError(error, `load "${basename(path)}"`, { path }));
  }
}

import type { OperationsContext } from "../operations/operations.ts";
import type { Direction, ScriptBody } from "./script_body.ts";
import { loadModule } from "./code/load_module.ts";
import { loadSql } from "./load_sql.ts";
import type { ScriptFile } from "./script_file.ts";

/**
 * Returns what `file` does in `direction`. A module's function is run without a database; a `.sql`
 * file is split into statements or, if it is large, referred to.
 *
 * @throws {ToolError} With file and line, if the file cannot be read or its code throws.
 */
export async function loadScript(
  file: ScriptFile,
  direction: Direction,
  context: OperationsContext,
): Promise<ScriptBody> {
  return file.format === "sql"
    ? loadSql(file, direction, context.dialect)
    : await loadModule(file, direction, context);
}

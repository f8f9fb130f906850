import { ToolError } from "../../error.ts";
import type { Statement } from "../../sql/statement.ts";

/** Returns the error for a COPY on a database that has none. */
export function noCopy(database: "SQLite" | "libSQL", statement: Statement): ToolError {
  return new ToolError("operation/unsupported", `Cannot run COPY: ${database} does not have it`, {
    hint: "Write the rows as INSERT statements",
    detail: statement.sql,
  });
}

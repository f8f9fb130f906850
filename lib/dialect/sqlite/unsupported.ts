import { ToolError } from "../../error.ts";

/**
 * Returns the error for what SQLite cannot do.
 *
 * @param instead What to write instead.
 */
export function unsupported(doing: string, because: string, instead: string): ToolError {
  return new ToolError("operation/unsupported", `Cannot ${doing} on SQLite: ${because}`, {
    hint: `${instead}; or branch on op.dialect`,
  });
}

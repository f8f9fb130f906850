import { ToolError } from "../../error.ts";

/** Returns the error for a script that cannot be split into statements. */
export function cannotRead(found: string, line: number, hint?: string): ToolError {
  return new ToolError("script/syntax", `Cannot read the script: ${found}`, { line, hint });
}

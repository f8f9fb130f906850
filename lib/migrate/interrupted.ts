import { ToolError } from "../error.ts";

/** Returns the error of a run that a signal stopped. */
export function interrupted(): ToolError {
  return new ToolError("interrupted", "Interrupted: what was not committed has been rolled back");
}

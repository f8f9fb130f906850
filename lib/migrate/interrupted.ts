import { ToolError } from "../error.ts";

/**
 * Returns the error of a run that `signal` stopped: the signal's reason if that is an error of its
 * own, otherwise the user's interruption.
 */
export function interrupted({ reason }: AbortSignal): ToolError {
  if (reason instanceof ToolError && reason.code !== "interrupted") return reason;
  return new ToolError("interrupted", "Interrupted: what was not committed has been rolled back");
}

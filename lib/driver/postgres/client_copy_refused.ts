import { ToolError } from "../../error.ts";

/** Returns the error for a COPY whose rows would have to come from code or go to it. */
export function clientCopyRefused(): ToolError {
  return new ToolError("operation/unsupported", "Cannot run a COPY to or from the client here", {
    hint: "Write a COPY FROM STDIN, with its data, into a .sql revision",
  });
}

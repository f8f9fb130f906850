import { ToolError } from "../../error.ts";
import { property, thrownMessage } from "./thrown_message.ts";

/**
 * Returns the user-facing error for what a revision's code threw where nothing awaited it: in a
 * timer, or in a promise that was not awaited.
 */
export function unhandledError(thrown: unknown): ToolError {
  if (thrown instanceof ToolError) return thrown;
  const stack = property(thrown, "stack");
  const message = `Cannot continue: code that nothing awaited failed: ${thrownMessage(thrown)}`;
  return new ToolError("script/failed", message, {
    hint: "Await what is asynchronous, in the revision's function and in the body of op.run",
    detail: /^ +at .*/m.exec(typeof stack === "string" ? stack : "")?.[0],
    cause: thrown,
  });
}

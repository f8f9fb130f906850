import { ToolError } from "../../lib/error.ts";

/** Returns the `ToolError` that `run` throws, now or later. Anything else fails the test. */
export async function toolErrorOf(run: () => unknown): Promise<ToolError> {
  try {
    await run();
  } catch (error) {
    if (error instanceof ToolError) return error;
    throw error;
  }
  throw new Error("It threw nothing");
}

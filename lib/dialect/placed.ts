import { ToolError } from "../error.ts";
import type { Recorded } from "../operations/operation.ts";

/** Returns the result of `action`; a `ToolError` gets the place of the operation that it is about. */
export async function placed<Result>(
  { at }: Recorded,
  action: () => Result | Promise<Result>,
): Promise<Result> {
  try {
    return await action();
  } catch (error) {
    throw error instanceof ToolError ? error.with({ ...at }) : error;
  }
}

import { ToolError } from "../error.ts";
import type { Recorded } from "../operations/operation.ts";

type Placed = Pick<Recorded, "at">;

/** Returns the result of `action`; a `ToolError` gets the place of the operation that it is about. */
export function placed<Result>(it: Placed, action: () => Promise<Result>): Promise<Result>;
export function placed<Result>(it: Placed, action: () => Result): Result;
export function placed({ at }: Placed, action: () => unknown): unknown {
  const fail = (error: unknown): never => {
    throw error instanceof ToolError ? error.with({ ...at }) : error;
  };
  try {
    const result = action();
    return result instanceof Promise ? result.catch(fail) : result;
  } catch (error) {
    return fail(error);
  }
}

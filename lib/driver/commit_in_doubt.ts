import { ToolError } from "../error.ts";

/** Returns the error for a connection whose loss, `cause`, came instead of the answer to a COMMIT. */
export function commitInDoubt(cause: ToolError): ToolError {
  return new ToolError("database/in_doubt", `${cause.message}, while the work was committed`, {
    hint:
      'Type "migrate current" to see whether it was; if not, once more later: the server may still be at it',
    cause,
  });
}

/** Returns the loss itself if `error` is in doubt, for work that turned out not to be committed. */
export function lossOf(error: unknown): unknown {
  return error instanceof ToolError && isInDoubt(error) ? error.facts.cause : error;
}

/** Says whether `error` leaves open whether the work was committed. */
export function isInDoubt(error: unknown): boolean {
  return error instanceof ToolError && error.code === "database/in_doubt";
}

/** Says whether `error` is the loss of a connection. */
export function isLoss(error: unknown): error is ToolError {
  return error instanceof ToolError && error.code === "database/unreachable";
}

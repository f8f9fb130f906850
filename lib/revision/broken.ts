import { type ErrorFacts, ToolError } from "../error.ts";
import type { Revision } from "./revision.ts";

/**
 * Returns the error for a script directory that does not hold a valid graph, naming the files at fault.
 */
export function broken(
  message: string,
  revisions: readonly Revision[],
  facts: Pick<ErrorFacts, "hint"> = {},
): ToolError {
  const files = revisions.flatMap((it) => it.path ?? []);
  return new ToolError(
    "revision/broken",
    files.length === 0 ? message : `${message}: ${files.join(", ")}`,
    { ...facts, revision: revisions[0]?.id, file: files[0] },
  );
}

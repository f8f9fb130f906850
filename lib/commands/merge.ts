import type { Environment } from "./environment.ts";
import type { WrittenResult } from "./views/result.ts";
import { revision, type RevisionOptions } from "./revision.ts";

/** Writes a revision that joins `revisions`: two or more, or `heads`. */
export function merge(
  environment: Environment,
  { revisions, ...options }:
    & { readonly revisions: readonly string[] }
    & Pick<RevisionOptions, "message" | "branchLabel" | "revId" | "splice" | "format">,
): Promise<WrittenResult> {
  return revision(environment, { ...options, head: revisions });
}

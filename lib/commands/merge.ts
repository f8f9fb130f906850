import { ToolError } from "../error.ts";
import { openScriptDirectory } from "../script/script_directory.ts";
import type { Environment } from "./environment.ts";
import { draft, placement, type RevisionOptions } from "./revision.ts";
import type { WrittenResult } from "./views/result.ts";
import { writeDraft } from "./write_draft.ts";

/**
 * Writes a revision that joins `revisions`: two or more, or `heads`.
 *
 * @throws {ToolError} `revision/draft` if they are fewer than two.
 */
export async function merge(
  environment: Environment,
  { revisions, ...options }:
    & { readonly revisions: readonly string[] }
    & Pick<RevisionOptions, "message" | "branchLabel" | "revId" | "splice" | "format">,
): Promise<WrittenResult> {
  const directory = openScriptDirectory(environment.config);
  const drafted = draft(environment, directory, { ...options, head: revisions });
  const [only = "none", ...others] = drafted.downRevisions;
  if (others.length === 0) {
    throw new ToolError(
      "revision/draft",
      `Cannot merge fewer than two revisions: "${revisions.join(" ")}" is ${only}`,
      {
        hint:
          'Type "migrate heads" to see what can be merged; if it shows only one, there is nothing to merge',
      },
    );
  }
  return await writeDraft(environment, directory, drafted, placement(environment, options));
}

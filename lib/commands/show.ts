import { openScriptDirectory } from "../script/script_directory.ts";
import type { Environment } from "./environment.ts";
import type { RevisionsResult } from "./views/result.ts";
import { revisionView } from "./views/revision_view.ts";
import { selectRevisions } from "./select_revisions.ts";

/** Returns the revisions that a symbol names. */
export async function show(
  environment: Environment,
  options: { readonly revision: string },
): Promise<RevisionsResult> {
  const directory = openScriptDirectory(environment.config);
  const { ids, current } = await selectRevisions(environment, directory, options.revision);
  return {
    kind: "revisions",
    layout: "entry",
    revisions: ids.map((id) => revisionView(id, directory, environment.context.cwd, current)),
  };
}

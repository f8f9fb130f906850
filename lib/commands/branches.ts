import { openScriptDirectory } from "../script/script_directory.ts";
import type { Environment } from "./environment.ts";
import type { RevisionsResult } from "./views/result.ts";
import { revisionView } from "./views/revision_view.ts";

/** Returns the branch points and their children. */
export async function branches(
  { config, context }: Environment,
  options: { readonly verbose?: boolean } = {},
): Promise<RevisionsResult> {
  const directory = openScriptDirectory(config);
  const { map } = directory;
  const points = map.revisions.map((it) => it.id).filter((id) => map.isBranchPoint(id));
  const ids = new Set(points.flatMap((id) => [id, ...map.children(id).map((it) => it.id)]));
  return {
    kind: "revisions",
    layout: options.verbose ? "branchEntries" : "branches",
    revisions: [...ids].map((id) => revisionView(id, directory, context.cwd)),
  };
}

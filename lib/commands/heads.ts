import { openScriptDirectory } from "../script/script_directory.ts";
import type { Environment } from "./environment.ts";
import type { RevisionsResult } from "./views/result.ts";
import { revisionView } from "./views/revision_view.ts";

/** Returns the newest revision of every branch. */
export async function heads(
  { config, context }: Environment,
  options: { readonly verbose?: boolean; readonly resolveDependencies?: boolean } = {},
): Promise<RevisionsResult> {
  const directory = openScriptDirectory(config);
  const { map } = directory;
  const ids = options.resolveDependencies ? map.realHeads : map.heads;
  return {
    kind: "revisions",
    layout: options.verbose ? "entry" : "line",
    revisions: ids.map((id) => revisionView(id, directory, context.cwd)),
  };
}

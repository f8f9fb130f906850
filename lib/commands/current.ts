import { currentRevisions, isAtHeads } from "../revision/current.ts";
import { openScriptDirectory } from "../script/script_directory.ts";
import type { Environment } from "./environment.ts";
import { readDatabaseHeads } from "./read_database_heads.ts";
import type { RevisionsResult } from "./result.ts";
import { revisionView } from "./revision_view.ts";

/** Returns where the database stands: its rows, and what they imply on other branches. */
export async function current(
  environment: Environment,
  options: { readonly verbose?: boolean; readonly checkHeads?: boolean } = {},
): Promise<RevisionsResult> {
  const directory = openScriptDirectory(environment.config);
  const { heads, shown } = await readDatabaseHeads(environment);
  const places = currentRevisions(directory.map, heads);
  const ids = new Set(places.map((it) => it.id));
  const behind = options.checkHeads && !isAtHeads(directory.map, heads);
  return {
    kind: "revisions",
    layout: options.verbose ? "entry" : "line",
    revisions: places.flatMap((it) =>
      it.revision ? [revisionView(it.id, directory, environment.context.cwd, ids)] : []
    ),
    missing: places.flatMap((it) => it.revision ? [] : [it.id]),
    database: shown,
    ...(behind && { pending: "Database is not on all head revisions" }),
  };
}

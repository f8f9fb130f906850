import { currentRevisions, isAtHeads } from "../revision/current.ts";
import { openScriptDirectory } from "../script/script_directory.ts";
import type { Environment } from "./environment.ts";
import type { Report } from "../report/event.ts";
import { describeInterrupted, interruptedView } from "./views/interrupted_view.ts";
import { readDatabaseState } from "./database/read_database_heads.ts";
import type { RevisionsResult } from "./views/result.ts";
import { revisionView } from "./views/revision_view.ts";

/**
 * Returns where the database is: its rows, what they imply on other branches, and what is half
 * done.
 */
export async function current(
  environment: Environment,
  options: { readonly verbose?: boolean; readonly checkHeads?: boolean } = {},
  report: Report = () => {},
): Promise<RevisionsResult> {
  const directory = openScriptDirectory(environment.config);
  const { cwd } = environment.context;
  const { heads, shown, exists, interrupted } = await readDatabaseState(
    environment,
    directory.map,
  );
  if (!exists) {
    report({
      kind: "warned",
      message: `${shown} has no version table: no revision was applied to it`,
    });
  }
  const views = interrupted.map((it) => interruptedView(it, directory, cwd));
  for (const it of views) report({ kind: "warned", message: describeInterrupted(it) });
  const places = currentRevisions(directory.map, heads);
  const ids = new Set(places.map((it) => it.id));
  const behind = !isAtHeads(directory.map, heads);
  return {
    kind: "revisions",
    layout: options.verbose ? "entry" : "line",
    revisions: places.flatMap((it) =>
      it.revision ? [revisionView(it.id, directory, cwd, ids)] : []
    ),
    missing: places.flatMap((it) => it.revision ? [] : [it.id]),
    database: shown,
    interrupted: views,
    ...(options.checkHeads && (behind || views.length > 0) && {
      pending: behind ? "Database is not on all head revisions" : "A revision is half done",
    }),
  };
}

import { parseRange, type Target } from "../revision/target.ts";
import { historyRange } from "../revision/history_range.ts";
import { currentRevisions } from "../revision/current.ts";
import { openScriptDirectory } from "../script/script_directory.ts";
import type { Environment } from "./environment.ts";
import { readDatabaseHeads } from "./database/read_database_heads.ts";
import type { RevisionsResult } from "./views/result.ts";
import { revisionView } from "./views/revision_view.ts";

/** Returns the revisions of a range, newest first, both ends included. Without a range, all. */
export async function history(
  environment: Environment,
  options: {
    /** `[start]:[end]`. */
    readonly range?: string | undefined;
    readonly verbose?: boolean;
    readonly indicateCurrent?: boolean;
  } = {},
): Promise<RevisionsResult> {
  const { config, context } = environment;
  const directory = openScriptDirectory(config);
  const range = options.range === undefined ? {} : parseRange(options.range);
  const needsRows = options.indicateCurrent ||
    [range.lower, range.upper].some((it) => it && meansCurrent(it));
  const asked = needsRows ? await readDatabaseHeads(environment) : undefined;
  const revisions = historyRange(directory.map, { ...range, ...(asked && { rows: asked.heads }) });
  const current = options.indicateCurrent && asked
    ? new Set(currentRevisions(directory.map, asked.heads).map((it) => it.id))
    : undefined;
  return {
    kind: "revisions",
    layout: options.verbose ? "entry" : "history",
    revisions: revisions.map(({ id }) => revisionView(id, directory, context.cwd, current)),
  };
}

/** `-N` and `+N` alone count from the ends of the history, so they need no database. */
function meansCurrent(target: Target): boolean {
  const place = target.kind === "relative" ? target.from : target;
  return place.kind === "current" && !("isImplied" in place);
}

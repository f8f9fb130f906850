import type { Config } from "../../config/config.ts";
import { readDrift, tellDrift } from "../../migrate/history/script_drift.ts";
import type { Report } from "../../report/event.ts";
import type { RevisionId } from "../../revision/revision.ts";
import type { ScriptDirectory } from "../../script/script_directory.ts";
import type { OpenDatabase } from "../database/with_database.ts";

/**
 * Reports changes to applied files, and returns whether all files are known to be as recorded, as
 * far as they were recorded.
 *
 * @throws {ToolError} `script/changed` if one was changed, and the configuration does not allow
 *   that.
 */
export async function checkScripts(
  heads: readonly RevisionId[],
  { database: { connection, dialect } }: OpenDatabase,
  { config, directory, report }: {
    readonly config: Config;
    readonly directory: ScriptDirectory;
    readonly report: Report;
  },
): Promise<boolean> {
  const { versionTable, changedRevisions } = config;
  if (!comparesScripts(config)) return false;
  const drift = await readDrift({ connection, dialect, versionTable, directory, heads });
  tellDrift(drift, { refuse: changedRevisions === "refuse", report });
  return drift.length === 0;
}

/** Says whether applied files are compared with what was recorded. */
export function comparesScripts(
  { history, changedRevisions }: Pick<Config, "history" | "changedRevisions">,
): boolean {
  return history && changedRevisions !== "ignore";
}

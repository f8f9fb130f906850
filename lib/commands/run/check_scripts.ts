import type { Config } from "../../config/config.ts";
import { readDrift, tellDrift } from "../../migrate/history/script_drift.ts";
import type { Report } from "../../report/event.ts";
import type { RevisionId } from "../../revision/revision.ts";
import type { ScriptDirectory } from "../../script/script_directory.ts";
import type { OpenDatabase } from "../database/with_database.ts";

/**
 * Tells what was changed in files that are applied, and returns whether all are known to be as they were
 * recorded, as far as anything is.
 *
 * @throws {ToolError} `script/changed` if one was, and the configuration does not let that pass.
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
  if (!config.history || changedRevisions === "ignore") return false;
  const drift = await readDrift({ connection, dialect, versionTable, directory, heads });
  tellDrift(drift, { refuse: changedRevisions === "refuse", report });
  return drift.length === 0;
}

import { ToolError } from "../error.ts";
import { type HistoryEntry, readHistory } from "../migrate/history/read_history.ts";
import { resolveRevisions } from "../revision/resolve.ts";
import type { RevisionId } from "../revision/revision.ts";
import { parseTarget } from "../revision/target.ts";
import { openScriptDirectory } from "../script/script_directory.ts";
import type { Environment } from "./environment.ts";
import type { LogEntry, LogResult } from "./views/result.ts";
import { withConnection } from "./database/with_database.ts";

/** Returns what was done to the database, and by whom, newest first. */
export async function log(
  environment: Environment,
  options: {
    /** Only of this revision. */
    readonly revision?: string | undefined;
    /** At most this many, the newest. */
    readonly limit?: number | undefined;
  } = {},
): Promise<LogResult> {
  const { config } = environment;
  const only = options.revision === undefined ? undefined : named(options.revision, environment);
  return await withConnection(environment, { changes: false }, async ({ database, shown }) => {
    const { connection, dialect } = database;
    const entries = await readHistory(connection, dialect, config.versionTable, {
      only,
      limit: options.limit,
    });
    if (entries.length === 0 && only && "unknown" in only) throw only.unknown;
    return { kind: "log", database: shown, entries: entries.map(entryView) };
  });
}

function entryView({ milliseconds, ...entry }: HistoryEntry): LogEntry {
  return { ...entry, durationMs: milliseconds };
}

/**
 * A revision that is no longer on disk may still be in the history; if it is not there either, the
 * command fails with `unknown`.
 */
function named(
  text: string,
  { config }: Environment,
): readonly RevisionId[] | { readonly beginning: string; readonly unknown: ToolError } {
  try {
    const found = resolveRevisions(openScriptDirectory(config).map, parseTarget(text));
    return found.length === 0 ? ["base"] : found.map((it) => it.id);
  } catch (error) {
    if (error instanceof ToolError && /^(?:revision\/unknown|script\/missing)$/.test(error.code)) {
      return { beginning: text, unknown: error };
    }
    throw error;
  }
}

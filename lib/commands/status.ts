import { readHeads } from "../migrate/read_heads.ts";
import { interruptedWork } from "../migrate/journal/journal_state.ts";
import { lockHolder } from "../migrate/lock/lock_holder.ts";
import { compareEach, describeDrift, type ScriptDrift } from "../migrate/history/script_drift.ts";
import { unfinishedWork } from "../migrate/journal/unfinished_work.ts";
import { currentRevisions } from "../revision/current.ts";
import type { RevisionId } from "../revision/revision.ts";
import type { RevisionMap } from "../revision/revision_map.ts";
import { upgradeRoute } from "../revision/route.ts";
import { parseTarget } from "../revision/target.ts";
import { openScriptDirectory } from "../script/script_directory.ts";
import { comparesScripts } from "./run/check_scripts.ts";
import type { Environment } from "./environment.ts";
import { interruptedView } from "./views/interrupted_view.ts";
import type { DriftView, StatusResult } from "./views/result.ts";
import { revisionView, shownPath } from "./views/revision_view.ts";
import { withDatabase } from "./database/with_database.ts";

/**
 * Returns everything that a script has to know before it continues: where the database is, what is
 * pending, which applied files were changed, what is half done, and who is at work. Nothing is
 * created.
 */
export async function status(environment: Environment): Promise<StatusResult> {
  const { config, context } = environment;
  const { cwd } = context;
  const { versionTable } = config;
  const directory = openScriptDirectory(config);
  const { map } = directory;
  return await withDatabase(environment, { changes: false }, async (open) => {
    const { database: { connection }, dialect, shown } = open;
    const { heads } = await readHeads(connection, dialect.name, versionTable);
    const places = currentRevisions(map, heads);
    const ids = new Set(places.map((it) => it.id));
    const view = (id: RevisionId) => revisionView(id, directory, cwd, ids);
    const drift = comparesScripts(config)
      ? await compareEach({
        ...{ connection, dialect: dialect.name, versionTable, directory, heads },
      })
      : [];
    const { host } = await context.identity();
    const found = await interruptedWork(connection, { dialect, versionTable });
    return {
      kind: "status",
      database: shown,
      current: places.flatMap((it) => it.revision ? [view(it.id)] : []),
      missing: places.flatMap((it) => it.revision ? [] : [it.id]),
      pending: pendingRevisions(map, heads).map(view),
      heads: map.heads.map(view),
      drift: drift.map((it) => driftView(it, cwd)),
      interrupted: unfinishedWork(found, { map, heads }).map((it) =>
        interruptedView(it, directory, cwd)
      ),
      holder: await lockHolder(connection, config.databaseUrl(), { versionTable, host }) ?? null,
    };
  });
}

/** In the order to apply them; empty if a row is unknown, since they cannot be told then. */
function pendingRevisions(map: RevisionMap, rows: readonly RevisionId[]): readonly RevisionId[] {
  if (map.heads.length === 0 || rows.some((it) => !map.has(it))) return [];
  return upgradeRoute(map, rows, parseTarget("heads")).flatMap((it) =>
    it.direction === "stamp" ? [] : [it.revision.id]
  );
}

function driftView({ file, verdict, changed }: ScriptDrift, cwd: string): DriftView {
  return {
    revision: file.revision.id,
    verdict,
    path: shownPath(changed?.file ?? file.path, cwd),
    line: changed === undefined ? null : Math.max(1, changed.first),
    change: changed === undefined ? null : describeDrift(file, changed),
  };
}

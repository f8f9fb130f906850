import { currentRevisions } from "../revision/current.ts";
import { parseTarget } from "../revision/target.ts";
import { resolveRevisions } from "../revision/resolve.ts";
import { knownRows } from "../revision/rows.ts";
import type { RevisionId } from "../revision/revision.ts";
import type { ScriptDirectory } from "../script/script_directory.ts";
import type { Environment } from "./environment.ts";
import { readDatabaseHeads } from "./database/read_database_heads.ts";

/** Returns the revisions that `symbol` names; the database is queried only for `current`. */
export async function selectRevisions(
  environment: Environment,
  directory: ScriptDirectory,
  symbol: string,
): Promise<{ readonly ids: readonly RevisionId[]; readonly current?: ReadonlySet<RevisionId> }> {
  if (symbol !== "current") {
    return { ids: resolveRevisions(directory.map, parseTarget(symbol)).map((it) => it.id) };
  }
  const { heads } = await readDatabaseHeads(environment);
  knownRows(directory.map, heads);
  const ids = currentRevisions(directory.map, heads).map((it) => it.id);
  return { ids, current: new Set(ids) };
}

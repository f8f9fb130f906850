import { ToolError } from "../../error.ts";
import { unfinishedWork } from "../../migrate/journal/unfinished_work.ts";
import { type InterruptedWork, interruptedWork } from "../../migrate/journal/journal_state.ts";
import { readHeads } from "../../migrate/read_heads.ts";
import type { RevisionMap } from "../../revision/revision_map.ts";
import type { RevisionId } from "../../revision/revision.ts";
import type { Environment } from "../environment.ts";
import { withConnection } from "./with_database.ts";

/** Returns the rows of the version table, and which database they are from. Nothing is created. */
export function readDatabaseHeads(
  environment: Environment,
): Promise<{ readonly heads: readonly RevisionId[]; readonly shown: string }> {
  return withConnection(environment, { changes: false }, async ({ database, shown }) => {
    const { heads } = await readHeads(
      database.connection,
      database.dialect,
      environment.config.versionTable,
    );
    return { heads, shown };
  });
}

/** Returns the rows as `readDatabaseHeads` does, and any half-done work. */
export function readDatabaseState(
  environment: Environment,
  map: RevisionMap,
): Promise<{
  readonly heads: readonly RevisionId[];
  readonly shown: string;
  /** Whether there is a version table. */
  readonly exists: boolean;
  readonly interrupted: readonly InterruptedWork[];
}> {
  return withConnection(environment, { changes: false }, async ({ database, shown }) => {
    const { versionTable } = environment.config;
    const { connection, dialect } = database;
    const [{ heads, exists }, found] = await Promise.all([
      readHeads(connection, dialect, versionTable),
      interruptedWork(connection, { dialect: { name: dialect }, versionTable }).catch(
        unlessForbidden,
      ),
    ]);
    return { heads, shown, exists, interrupted: unfinishedWork(found, { map, heads }) };
  });
}

/** A role that may read only the version table still gets to see where the database is. */
function unlessForbidden(error: unknown): readonly InterruptedWork[] {
  if (error instanceof ToolError && error.code === "database/refused") return [];
  throw error;
}

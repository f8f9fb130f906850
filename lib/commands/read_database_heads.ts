import { readHeads } from "../migrate/read_heads.ts";
import type { RevisionId } from "../revision/revision.ts";
import type { Environment } from "./environment.ts";
import { withDatabase } from "./with_database.ts";

/** Returns the rows of the version table, and which database that was. Nothing is created. */
export function readDatabaseHeads(
  environment: Environment,
): Promise<{ readonly heads: readonly RevisionId[]; readonly shown: string }> {
  return withDatabase(environment, { create: false }, async ({ database, dialect, shown }) => {
    const { heads } = await readHeads(
      database.connection,
      dialect.name,
      environment.config.versionTable,
    );
    return { heads, shown };
  });
}

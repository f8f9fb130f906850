import { setTimeout as sleep } from "node:timers/promises";
import { commitInDoubt, isInDoubt, isLoss } from "../../driver/commit_in_doubt.ts";
import type { Connection } from "../../driver/driver.ts";
import type { Step } from "../../plan/plan.ts";
import { quoteIdentifier } from "../../sql/quote.ts";
import type { Queryable } from "../../sql/statement.ts";
import { readRows } from "../read_heads.ts";
import type { RunOptions } from "../run_options.ts";
import { VersionConflict } from "../version_conflict.ts";

/** How long to ask a server that was lost. */
const patience = 3000;

/**
 * Returns whether work has committed although `error` came instead of the answer. The version table
 * knows: it has the rows `before` or those `after` it.
 *
 * A libSQL server carries on with what it was sent when the client gives up, or when the answer is
 * lost on its way; a PostgreSQL server, with the COMMIT that it was sent.
 *
 * @throws {ToolError} `database/in_doubt` if that cannot be found out.
 */
export async function hasCommitted(
  error: unknown,
  { before, after }: Pick<Step, "before" | "after">,
  { database: { connection }, versionTable, signal, role }: RunOptions,
): Promise<boolean> {
  const [stays, gone] = [[...before].sort().join(), [...after].sort().join()];
  const found = async () => (await readRows(besides(connection, role), versionTable)).join();
  if (connection.kind === "libsql" && signal?.aborted && !(error instanceof VersionConflict)) {
    return stays !== gone && await found().catch(() => undefined) === gone;
  }
  const doubt = connection.kind === "libsql" && isLoss(error) ? commitInDoubt(error) : error;
  if (!isInDoubt(doubt)) return false;
  for (const deadline = performance.now() + patience;;) {
    try {
      // In this order: what the server is still committing could not be seen yet.
      const isOver = await hasEnded(connection);
      const rows = await found();
      if (rows === gone && rows !== stays) return true;
      if (rows === stays && isOver && rows !== gone) return false;
    } catch {
      // It is not up again.
    }
    if (performance.now() > deadline) throw doubt;
    await sleep(200);
  }
}

/** PostgreSQL: the session itself is lost. Another role could see another table of that name. */
function besides(connection: Connection, role: string | undefined): Queryable {
  if (connection.kind !== "postgres") return connection;
  return {
    query: async (statement) => {
      if (role !== undefined && !connection.pooled) {
        await connection.beside({ sql: `SET ROLE ${quoteIdentifier(role)}` });
      }
      return await connection.beside(statement);
    },
  };
}

/** Returns whether the transaction of the lost session is over, whatever may still arrive of it. */
async function hasEnded(connection: Connection): Promise<boolean> {
  if (connection.kind !== "postgres") {
    await connection.batch([{ sql: "SELECT 1" }]); // waits for whoever is writing
    return true;
  }
  // Behind a pooler nobody can tell which process it is.
  if (connection.pooled || connection.backend === undefined) return false;
  const [row] = await connection.beside({
    sql:
      "SELECT count(*)::int AS found FROM pg_stat_activity WHERE pid = $1 AND state IS DISTINCT FROM 'idle'",
    parameters: [connection.backend],
  });
  return row?.["found"] === 0;
}

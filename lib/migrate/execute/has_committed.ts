import { setTimeout as sleep } from "node:timers/promises";
import { commitInDoubt, isInDoubt, isLoss } from "../../driver/commit_in_doubt.ts";
import type { Connection } from "../../driver/driver.ts";
import { ToolError } from "../../error.ts";
import type { Step } from "../../plan/plan.ts";
import { quoteIdentifier } from "../../sql/quote.ts";
import type { Queryable } from "../../sql/statement.ts";
import { readRows } from "../read_heads.ts";
import type { RunOptions } from "../run_options.ts";
import { VersionConflict } from "../version_conflict.ts";

/** How long to ask a server that was lost. */
const patience = 3000;

/** Returns whether the work of steps has committed: the version table has the rows `before` or those `after` it. */
export async function hasCommitted(
  error: unknown,
  { before, after }: Pick<Step, "before" | "after">,
  options: RunOptions,
): Promise<boolean> {
  const [stays, gone] = [[...before].sort().join(), [...after].sort().join()];
  return await isSettled(error, options, async (connection) => {
    const rows = (await readRows(connection, options.versionTable)).join();
    if (stays === gone) return undefined;
    return rows === gone ? true : rows === stays ? false : undefined;
  });
}

/**
 * Returns whether work has committed although `error` came instead of the answer.
 *
 * A libSQL server carries on with what it was sent when the client gives up, or when the answer is
 * lost on its way; a PostgreSQL server, with the COMMIT that it was sent.
 *
 * @param find Reads from the database whether it has; undefined if that cannot be seen.
 * @throws {ToolError} `database/in_doubt` if that cannot be found out.
 */
export async function isSettled(
  error: unknown,
  { database: { connection }, signal, role }: RunOptions,
  find: (connection: Queryable) => Promise<boolean | undefined>,
): Promise<boolean> {
  const found = () => find(besides(connection, role));
  if (connection.kind === "libsql" && signal?.aborted && !(error instanceof VersionConflict)) {
    return await found().catch(() => undefined) === true;
  }
  const doubt = connection.kind === "libsql" && isLoss(error) ? commitInDoubt(error) : error;
  if (!isInDoubt(doubt)) return false;
  for (const deadline = performance.now() + patience;;) {
    try {
      // In this order: what the server is still committing could not be seen yet.
      const isOver = await hasEnded(connection);
      const committed = await found();
      if (committed === true || (committed === false && isOver)) return committed;
    } catch {
      // It is not up again.
    }
    if (performance.now() > deadline) throw doubt;
    await sleep(200);
  }
}

/**
 * Waits until the libSQL server has ended a batch that was abandoned: it stops working on one whose sender hangs up, but
 * a proxy in between may not tell it.
 *
 * @throws {ToolError} `database/in_doubt` if that takes long.
 */
export async function untilBatchEnded(
  { database: { connection }, signal }: Pick<RunOptions, "database" | "signal">,
): Promise<void> {
  if (connection.kind !== "libsql" || !signal?.aborted) return;
  const deadline = performance.now() + patience;
  const ended = async () => {
    while (performance.now() < deadline) {
      const isOver = await hasEnded(connection).catch(() => false); // somebody is writing
      if (isOver) return true;
      await sleep(50);
    }
    return false;
  };
  if (await Promise.race([ended(), sleep(patience, false, { ref: false })])) return;
  throw commitInDoubt(new ToolError("interrupted", "Interrupted"));
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

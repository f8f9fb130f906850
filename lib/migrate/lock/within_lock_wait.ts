import { setTimeout as sleep } from "node:timers/promises";
import type { Connection, LockWait } from "../../driver/driver.ts";
import { ToolError } from "../../error.ts";
import { describeDuration } from "../../sql/timeouts.ts";
import type { OwnStatement } from "../../sql/own_statement.ts";
import type { Queryable, Row, Statement } from "../../sql/statement.ts";

/**
 * Returns the rows of `statement`, which reads `name`, a table of our own. On PostgreSQL outside a
 * transaction that waits for no lock longer than the connection does: nothing needs to be set for
 * that, and nothing is asked unless the answer is late.
 *
 * @throws {ToolError} `lock/busy` if the table stays locked.
 */
export async function queryWithinLockWait(
  connection: Queryable,
  statement: Statement,
  name: string,
): Promise<readonly Row[]> {
  const own: OwnStatement = { ...statement, ownTable: name };
  if (!isPatient(connection)) return await connection.query(own);
  const watched: Watched = { isOver: false, busy: undefined };
  const timer = setTimeout(() => void watch(connection, name, watched), lateMilliseconds);
  try {
    return await connection.query(own);
  } catch (error) {
    throw watched.busy ?? error;
  } finally {
    clearTimeout(timer);
    watched.isOver = true;
  }
}

/** An answer that takes longer may be waiting for a lock; no lock is given up earlier. */
const lateMilliseconds = 500;

interface Patient extends Connection {
  readonly lockWait: LockWait;
}

function isPatient(connection: Queryable): connection is Patient {
  return "lockWait" in connection && connection.lockWait !== undefined;
}

interface Watched {
  isOver: boolean;
  busy: ToolError | undefined;
}

/** Looks every second who blocks the read, tells it once, and stops the read when the time is up. */
async function watch(
  connection: Patient,
  name: string,
  watched: Watched,
): Promise<void> {
  const { milliseconds, onLocked } = connection.lockWait;
  const deadline = performance.now() + milliseconds - lateMilliseconds;
  const { readBlockers } = await import("./read_blockers.ts");
  const { describeBlockers } = await import("../../report/describe_blockers.ts");
  // Behind a pooler, nobody can tell which server process is ours.
  const backend = connection.pooled ? undefined : connection.backend;
  let isTold = false;
  while (!watched.isOver) {
    const blockers = await readBlockers(connection, backend);
    const left = deadline - performance.now();
    if (watched.isOver) return;
    if (left <= 0 && (blockers.length > 0 || backend === undefined)) {
      const who = backend === undefined ? "another session" : describeBlockers(blockers);
      watched.busy = stayedLocked(name, milliseconds, who, blockers[0]?.pid);
      await connection.cancel().catch(() => {});
      return;
    }
    if (blockers.length > 0 && !isTold) {
      onLocked?.(describeBlockers(blockers.map(({ query: _, ...it }) => it)));
      isTold = true;
    }
    await sleep(left > 0 ? Math.min(left, 1000) : 1000, undefined, { ref: false });
  }
}

function stayedLocked(
  name: string,
  milliseconds: number,
  who: string,
  pid: number | undefined,
): ToolError {
  const time = milliseconds === 0
    ? "is locked"
    : `stayed locked for ${describeDuration(milliseconds)}`;
  const longer =
    "wait longer with lock_wait in the configuration, or --lock-wait SECONDS where the command takes it";
  return new ToolError("lock/busy", `Cannot read ${name}: it ${time} by ${who}`, {
    hint: pid
      ? `Wait for it to end, end it with SELECT pg_terminate_backend(${pid}), or ${longer}`
      : `End what holds it, or ${longer}`,
  });
}

import { lease, leaseTable } from "../../dialect/sqlite/lease.ts";
import { systemCode } from "../../error.ts";
import type { RunOptions } from "../run_options.ts";
import { hasTable } from "../query_own.ts";
import { poll } from "./poll.ts";
import { noLock, type RunLock } from "./run_lock.ts";

const leaseSeconds = 20;

/**
 * Held by a row, which each batch and each transaction renews. A run that waits only reads: the server ends a transaction
 * after five seconds as soon as another connection waits to write.
 */
export async function leaseLock(options: RunOptions): Promise<RunLock> {
  const { connection } = options.database;
  const { osUser, host } = options.runner;
  const me = `${osUser} at ${host}, process ${process.pid}, since ${options.now().toISOString()}`;
  const { create, take, holder, age, release } = lease(options.versionTable.name, me, leaseSeconds);
  const whoHolds = async () => {
    const [row] = await connection.query(holder);
    return row && String(row["holder"]);
  };
  let isThere = await hasTable(connection, "sqlite", leaseTable);
  await poll(options, async () => {
    const who = isThere ? await whoHolds() : undefined;
    const died = who !== undefined && hasDied(who, host);
    if (who !== undefined && !died) return who;
    const freed = died ? [lease(options.versionTable.name, who, leaseSeconds).release] : [];
    const counts = await connection.batch([...isThere ? freed : [create], take]);
    isThere = true;
    return counts.at(-1) === 1 ? undefined : await whoHolds() ?? "a run that has just ended";
  });
  return {
    ...noLock,
    enter: async (transaction) => void await transaction.send([take]),
    renewal: [take],
    renewed: age,
    [Symbol.asyncDispose]: async () => {
      await connection.batch([release]).catch(() => {}); // it expires by itself
    },
  };
}

/**
 * Returns whether `holder`, as the lease names it, was a process of this host that no longer
 * exists.
 */
export function hasDied(holder: string, host: string): boolean {
  const [, theirs, pid] = / at (.*), process (\d+), since /.exec(holder) ?? [];
  if (theirs !== host) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return systemCode(error) === "ESRCH";
  }
}

import { lease } from "../../dialect/sqlite/lease.ts";
import { systemCode } from "../../error.ts";
import type { RunOptions } from "../run_options.ts";
import { poll } from "./poll.ts";
import { noLock, type RunLock } from "./run_lock.ts";

const leaseSeconds = 20;

/** Held by a row, which each batch renews. */
export async function leaseLock(options: RunOptions): Promise<RunLock> {
  const { connection } = options.database;
  const { osUser, host } = options.runner;
  const me = `${osUser} at ${host}, process ${process.pid}, since ${options.now().toISOString()}`;
  const { create, take, holder, age, release } = lease(options.versionTable.name, me, leaseSeconds);
  await connection.batch([create]);
  await poll(options, async () => {
    const [taken] = await connection.batch([take]);
    if (taken === 1) return undefined;
    const [row] = await connection.query(holder);
    const who = String(row?.["holder"] ?? "a run that has just ended");
    if (hasDied(who, host)) {
      await connection.batch([lease(options.versionTable.name, who, leaseSeconds).release]);
    }
    return who;
  });
  return {
    ...noLock,
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
function hasDied(holder: string, host: string): boolean {
  const [, theirs, pid] = / at (.*), process (\d+), since /.exec(holder) ?? [];
  if (theirs !== host) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return systemCode(error) === "ESRCH";
  }
}

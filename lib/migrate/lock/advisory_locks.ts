import { advisoryLock } from "../../dialect/postgres/advisory_lock.ts";
import { sha256 } from "../../digest.ts";
import type { VersionTable } from "../../plan/version_table.ts";
import type { Row } from "../../sql/statement.ts";
import type { RunOptions } from "../run_options.ts";
import { poll } from "./poll.ts";
import { LockWanted, noLock, type RunLock } from "./run_lock.ts";

/**
 * Held by the session that does the work: the lock of a killed runner lasts until its last
 * statement ends, and no longer.
 */
export async function sessionLock(options: RunOptions): Promise<RunLock> {
  const { connection } = options.database;
  const lock = advisoryLock(lockKey(options.versionTable));
  await poll(options, async () => {
    const [row] = await connection.query(lock.tryAcquire);
    return row?.["acquired"] === true
      ? undefined
      : describeHolder(await connection.query(lock.holders));
  });
  return {
    ...noLock,
    [Symbol.asyncDispose]: async () => {
      await connection.query(lock.release).catch(() => {}); // a lost session has released it already
    },
  };
}

/**
 * A pooler gives each transaction a different session: only a lock that belongs to the transaction
 * is meaningful.
 */
export function transactionLock(options: RunOptions): RunLock {
  const lock = advisoryLock(lockKey(options.versionTable));
  return {
    ...noLock,
    enter: async (transaction) => {
      const [row] = await transaction.query(lock.tryAcquireInTransaction);
      if (row?.["acquired"] === true) return;
      const holder = describeHolder(await transaction.query(lock.holders));
      throw new LockWanted(`${holder}, as far as can be told through a connection pooler`);
    },
  };
}

/** Describes who holds the advisory lock, from `rows`. */
export function describeHolder(rows: readonly Row[]): string {
  const [row] = rows;
  if (row === undefined) return "a run that has just ended";
  const from = row["client_addr"] === null ? "a local socket" : String(row["client_addr"]);
  return `pid ${row["pid"]}, user ${row["usename"]}, application "${
    row["application_name"]
  }", from ${from}, since ${row["since"]}`;
}

/** Two projects with different version tables in one database don't wait for each other. */
export function lockKey({ schema, name }: VersionTable): bigint {
  const digest = sha256(JSON.stringify(["migrate", schema ?? null, name]));
  return BigInt.asIntN(64, BigInt(`0x${digest.slice(0, 16)}`));
}

import { setTimeout as sleep } from "node:timers/promises";
import { advisoryLock } from "../../dialect/postgres/advisory_lock.ts";
import { lease } from "../../dialect/sqlite/lease.ts";
import { sha256 } from "../../digest.ts";
import { systemCode, ToolError } from "../../error.ts";
import type { Session } from "../../driver/driver.ts";
import { waitLonger } from "../../driver/retry_while_busy.ts";
import type { Row, Sql, Statement } from "../../sql/statement.ts";
import type { VersionTable } from "../../plan/version_table.ts";
import { interrupted } from "../interrupted.ts";
import type { RunOptions } from "../run_options.ts";

/**
 * Makes runs take turns. It is a courtesy only: what guarantees that each step happens once is the
 * version check in the step's own transaction.
 */
export interface RunLock extends AsyncDisposable {
  /**
   * Called first in each work transaction.
   *
   * @throws {LockWanted} If another run is at work.
   */
  enter(transaction: Session): Promise<void>;
  /** The statements to add to a batch so that a lease does not expire. */
  readonly renewal: readonly Statement[];
  /** How many milliseconds ago a lease was renewed: in a batch, how long the batch has taken so far. */
  readonly renewed?: Sql;
}

/** Thrown inside a transaction that must be rolled back and retried when the other run is over. */
export class LockWanted extends Error {
  /** Who is at work, as far as known. */
  readonly holder: string;

  constructor(holder: string) {
    super(holder);
    this.holder = holder;
  }
}

/**
 * @throws {ToolError} `lock/busy` if another run has not ended in the time that `options` allow.
 */
export function acquireRunLock(options: RunOptions): Promise<RunLock> {
  const { connection } = options.database;
  switch (connection.kind) {
    case "postgres":
      return connection.pooled ? Promise.resolve(transactionLock(options)) : sessionLock(options);
    case "libsql":
      return leaseLock(options);
    case "sqlite":
      return Promise.resolve(noLock); // BEGIN IMMEDIATE is the lock
  }
}

const noLock: RunLock = {
  enter: () => Promise.resolve(),
  renewal: [],
  [Symbol.asyncDispose]: () => Promise.resolve(),
};

/**
 * Held by the session that does the work: the lock of a killed runner lasts until its last
 * statement ends, and no longer.
 */
async function sessionLock(options: RunOptions): Promise<RunLock> {
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
function transactionLock(options: RunOptions): RunLock {
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

const leaseSeconds = 20;

async function leaseLock(options: RunOptions): Promise<RunLock> {
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

/**
 * Calls `attempt` until it returns `undefined`, which means success; otherwise it returns who is in
 * the way.
 */
export async function poll(
  options: RunOptions,
  attempt: () => Promise<string | undefined>,
): Promise<void> {
  const deadline = performance.now() + options.lockWaitMilliseconds;
  let told: string | undefined;
  for (;;) {
    if (options.signal?.aborted) throw interrupted(options.signal);
    const holder = await attempt();
    if (holder === undefined) return;
    if (performance.now() >= deadline) throw busy(holder);
    if (told !== holder) options.report({ kind: "waiting", holder });
    told = holder;
    await sleep(150 + Math.random() * 200, undefined, {
      ...(options.signal && { signal: options.signal }),
    })
      .catch(() => {});
  }
}

function busy(holder: string): ToolError {
  return new ToolError("lock/busy", `Cannot start: another run is in progress: ${holder}`, {
    hint: waitLonger,
  });
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

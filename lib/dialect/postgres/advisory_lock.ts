import type { Statement } from "../../sql/statement.ts";

/** A PostgreSQL advisory lock, by its 64-bit key. */
export interface AdvisoryLock {
  /**
   * Returns one row `{ acquired: boolean }` at once. Waiting inside `pg_advisory_lock` would make the
   * holder's `CREATE INDEX CONCURRENTLY` wait for us, and die of the deadlock.
   */
  readonly tryAcquire: Statement;
  /** The same, held until the end of the transaction: the only kind that survives a transaction pooler. */
  readonly tryAcquireInTransaction: Statement;
  readonly release: Statement;
  /** Returns a row `{ pid, usename, application_name, client_addr, since }` for each session that holds it. */
  readonly holders: Statement;
}

/** Returns the statements of the lock with `key`, which `pg_locks` shows as two halves. */
export function advisoryLock(key: bigint): AdvisoryLock {
  const signed = BigInt.asIntN(64, key);
  const high = BigInt.asUintN(32, signed >> 32n);
  const low = BigInt.asUintN(32, signed);
  return {
    tryAcquire: { sql: `SELECT pg_try_advisory_lock(${signed}) AS acquired` },
    tryAcquireInTransaction: { sql: `SELECT pg_try_advisory_xact_lock(${signed}) AS acquired` },
    release: { sql: `SELECT pg_advisory_unlock(${signed})` },
    holders: {
      sql: `SELECT a.pid, a.usename, a.application_name, host(a.client_addr) AS client_addr, ` +
        `to_char(a.backend_start, 'YYYY-MM-DD HH24:MI:SS TZ') AS since ` +
        `FROM pg_locks l JOIN pg_stat_activity a USING (pid) WHERE l.locktype = 'advisory' AND l.granted ` +
        `AND l.classid = ${high} AND l.objid = ${low} AND l.objsubid = 1 ` +
        `AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
    },
  };
}

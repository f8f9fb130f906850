import type { RunOptions } from "../run_options.ts";
import { sessionLock, transactionLock } from "./advisory_locks.ts";
import { leaseLock } from "./lease_lock.ts";
import { noLock, type RunLock } from "./run_lock.ts";

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

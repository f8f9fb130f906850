import type { Session, TransactionOptions } from "../../driver/driver.ts";
import type { RevisionId } from "../../revision/revision.ts";
import { patientTransaction } from "./patient_transaction.ts";
import { readRows } from "../read_heads.ts";
import { poll } from "./poll.ts";
import { LockWanted, type RunLock } from "./run_lock.ts";
import type { RunOptions } from "../run_options.ts";
import { VersionConflict } from "../version_conflict.ts";

/**
 * Runs `body` in a transaction that holds the lock; if the lock is the transaction's own, waits for
 * another run to end.
 */
export async function lockedTransaction(
  lock: RunLock,
  options: RunOptions,
  body: (session: Session) => Promise<void>,
  transaction?: TransactionOptions,
): Promise<void> {
  await poll(options, async () => {
    try {
      await patientTransaction(options, async (session) => {
        await lock.enter(session);
        await body(session);
        options.progress?.beginCommit();
      }, transaction);
      options.progress?.endCommit();
      return undefined;
    } catch (error) {
      if (error instanceof LockWanted) return error.holder;
      throw error;
    }
  });
}

/** @throws {VersionConflict} If the version table holds anything other than `expected`. */
export async function expectRows(
  session: Session,
  expected: readonly RevisionId[],
  options: RunOptions,
): Promise<void> {
  const rows = await readRows(session, options.versionTable);
  if (rows.join() !== [...expected].sort().join()) throw new VersionConflict();
}

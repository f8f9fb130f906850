import { setTimeout as sleep } from "node:timers/promises";
import { DatabaseError } from "../../driver/database_error.ts";
import type { Session, TransactionOptions } from "../../driver/driver.ts";
import { ToolError } from "../../error.ts";
import { describeBlockers } from "../../report/describe_blockers.ts";
import type { Blocker } from "../../report/event.ts";
import type { OwnStatement } from "../../sql/own_statement.ts";
import { describeDuration } from "../../sql/timeouts.ts";
import { BlockerWatch } from "./blocker_watch.ts";
import { interrupted } from "../interrupted.ts";
import { LimitedSession } from "./limited_session.ts";
import { backendOf, readBlockers } from "./read_blockers.ts";
import type { RunOptions } from "../run_options.ts";
import { timeoutSettings } from "./timeout_settings.ts";

/**
 * Runs `body` in a transaction as a connection does; on PostgreSQL with the run's settings, and so
 * that nobody queues up behind it: a schema change that does not get its lock in time is given up,
 * the transaction rolled back, and all of it retried.
 *
 * @throws {ToolError} `lock/busy` when the time for retries is over; nothing of the transaction is
 *   done then.
 */
export async function patientTransaction(
  options: RunOptions,
  body: (session: Session) => Promise<void>,
  transaction?: TransactionOptions,
): Promise<void> {
  const { database: { connection }, timeouts, ownLockTimeout: own } = options;
  if (connection.kind !== "postgres") return await connection.transaction(body, transaction);
  const settings = timeoutSettings(timeouts, "transaction");
  await tryPatiently(
    { ...options, transactional: true },
    (limit, watched) =>
      connection.transaction(async (session) => {
        if (settings.length > 0) await session.send(settings);
        if (limit === 0) return await body(session);
        const watch = watched(await backendOf(connection, session));
        await body(new LimitedSession(session, { limit, watch, scope: "transaction", own }));
      }, transaction),
  );
}

/**
 * Runs `body`, a single statement that cannot be in a transaction, with retries as well; its session
 * has the timeouts of its step already.
 *
 * @param body Deals with what a former attempt has left: these statements commit several times.
 * @param repeatable False: nobody can tell what an attempt has left.
 */
export async function patientStatement(
  options: RunOptions,
  body: (session: Session) => Promise<void>,
  { repeatable }: { readonly repeatable: boolean },
): Promise<void> {
  const { database: { connection }, ownLockTimeout: own } = options;
  if (connection.kind !== "postgres") return await body(connection);
  let limited: LimitedSession | undefined;
  try {
    await tryPatiently({ ...options, transactional: false, repeatable }, async (limit, watched) => {
      if (limit === 0) return await body(connection);
      const watch = watched(connection.backend);
      limited = new LimitedSession(connection, { limit, watch, scope: "session", own });
      await body(limited);
    });
  } finally {
    if (limited?.limits) {
      await connection.query({ sql: "RESET lock_timeout" }).catch(() => {}); // a lost session has none
    }
  }
}

/**
 * Runs `attempt` until it does not fail for want of a lock. Each attempt waits as long as
 * configured; after one that an autovacuum blocked, long enough for the server to end that.
 */
async function tryPatiently(
  options: RunOptions & { readonly transactional: boolean; readonly repeatable?: boolean },
  attempt: (
    limit: number,
    watched: (backend: number | undefined) => BlockerWatch,
  ) => Promise<void>,
): Promise<void> {
  const { database: { connection }, lockTimeoutMilliseconds, signal } = options;
  const { transactional, repeatable = true } = options;
  let limit = lockTimeoutMilliseconds;
  let start: number | undefined;
  for (let pause = 250;; pause = Math.min(pause * 2, 8000)) {
    let watch: BlockerWatch | undefined;
    if (signal?.aborted) throw interrupted(signal); // a cancellation finds nothing to end before this
    try {
      return await attempt(
        limit,
        (backend) => watch = new BlockerWatch(() => readBlockers(connection, backend), limit),
      );
    } catch (error) {
      const failed = lockFailure(error);
      if (failed === undefined || !repeatable || limit === 0 || signal?.aborted) throw error;
      const blockers = await watch?.blockers() ?? [];
      start ??= performance.now();
      const left = options.lockRetryMilliseconds - (performance.now() - start);
      if (left <= 0) throw givenUp(error, failed, blockers, options);
      const waitMilliseconds = Math.min(pause * (0.5 + Math.random()), left);
      options.report({
        kind: "lockedOut",
        statement: firstLine(failed.answer.statement.sql),
        transactional,
        blockers,
        waitMilliseconds,
      });
      await sleep(waitMilliseconds, undefined, signal && { signal }).catch(() => {});
      if (signal?.aborted) throw interrupted(signal);
      const yielding = blockers.map((it) => it.yieldsAfterMilliseconds ?? 0);
      limit = Math.max(lockTimeoutMilliseconds, 1.5 * Math.max(0, ...yielding));
    }
  }
}

/** Says whether `error` is for want of a lock on a table of the tool's own. */
export function lockedOutOfOwn(error: unknown): boolean {
  const statement: OwnStatement | undefined = lockFailure(error)?.answer.statement;
  return statement?.ownTable !== undefined;
}

/** lock_not_available and deadlock_detected: the other sessions' work has to end first. */
const lockStates = new Set(["55P03", "40P01"]);

function lockFailure(error: unknown): DatabaseError | undefined {
  for (let it = error; it instanceof Error; it = it.cause) {
    if (it instanceof DatabaseError) {
      return lockStates.has(it.answer.sqlState ?? "") ? it : undefined;
    }
  }
  return undefined;
}

function givenUp(
  error: unknown,
  failed: DatabaseError,
  blockers: readonly Blocker[],
  { lockRetryMilliseconds }: RunOptions,
): ToolError {
  const { message, facts } = error instanceof ToolError ? error : new ToolError("lock/busy", "");
  const { message: answer, statement } = failed.answer;
  const { ownTable = "what it changes" }: OwnStatement = statement;
  const time = lockRetryMilliseconds === 0
    ? "is locked"
    : `stayed locked for ${describeDuration(lockRetryMilliseconds)}`;
  const stayed = `${error === failed ? "Cannot continue: " : ""}${ownTable} ${time}`;
  const pid = blockers.find((it) => it.pid !== 0)?.pid;
  const longer = "try longer with --lock-retry SECONDS";
  return new ToolError(
    "lock/busy",
    `${message.replace(answer, stayed)} by ${describeBlockers(blockers)}`,
    {
      ...facts,
      hint: pid === undefined
        ? `End what holds it, or ${longer}`
        : `Wait for it to end, end it with SELECT pg_terminate_backend(${pid}), or ${longer}`,
      cause: error,
    },
  );
}

function firstLine(sql: string): string {
  const line = sql.trim().split("\n")[0] ?? "";
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
}

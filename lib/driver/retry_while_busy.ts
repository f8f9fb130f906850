import { setTimeout as sleep } from "node:timers/promises";

/** How long to wait, and what aborts the wait. */
export interface RetryOptions {
  readonly lockWaitMilliseconds?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called once, after a second of waiting. */
  readonly onWait?: (() => void) | undefined;
}

/** The hint for a lock that was not released in time. Not every command has the option. */
export const waitLonger =
  "Wait until the other has finished, or wait longer with lock_wait in the configuration, or --lock-wait SECONDS where the command takes it";

/**
 * Returns the result of `action`, retrying it while `isBusy` is true of its error.
 *
 * @throws The signal's reason if it is aborted meanwhile; the last error of `action` when the time is
 * up.
 */
export async function retryWhileBusy<Result>(
  action: () => Result | Promise<Result>,
  isBusy: (error: unknown) => boolean,
  { lockWaitMilliseconds = 60_000, signal, onWait }: RetryOptions,
): Promise<Result> {
  const start = performance.now();
  let told = false;
  for (let pause = 10;; pause = Math.min(pause * 2, 250)) {
    try {
      return await action();
    } catch (error) {
      const waited = performance.now() - start;
      const left = lockWaitMilliseconds - waited;
      if (!isBusy(error) || left <= 0) throw error;
      signal?.throwIfAborted();
      if (!told && waited >= patienceMilliseconds) {
        told = true;
        onWait?.();
      }
      await sleep(Math.min(pause, left));
    }
  }
}

/** How long a wait goes unreported. */
const patienceMilliseconds = 1000;

import { setTimeout as sleep } from "node:timers/promises";

/** How long and until when to wait. */
export interface RetryOptions {
  readonly lockWaitMilliseconds?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called once, when somebody has been in the way for a second. */
  readonly onWait?: (() => void) | undefined;
}

/** What to do where somebody stayed in the way. Not every command has the option. */
export const waitLonger =
  "Wait until the other has finished, or wait longer with lock_wait in the configuration, or --lock-wait SECONDS where the command takes it";

/**
 * Returns what `action` does as soon as nobody is in its way.
 *
 * @throws The signal's reason, if it is aborted meanwhile; what `action` threw last, when the time is over.
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

/** Who waits for less need not read of it. */
const patienceMilliseconds = 1000;

import { setTimeout as sleep } from "node:timers/promises";
import { waitLonger } from "../../driver/retry_while_busy.ts";
import { ToolError } from "../../error.ts";
import type { Event } from "../../report/event.ts";
import { interrupted } from "../interrupted.ts";
import type { RunOptions } from "../run_options.ts";

/** What is said of whoever is in the way. */
export interface Waiting {
  /** Returns what is reported while the run waits. */
  readonly event: (holder: string) => Event;
  /** Returns the error when it has waited long enough. */
  readonly error: (holder: string) => ToolError;
}

const anotherRun: Waiting = { event: (holder) => ({ kind: "waiting", holder }), error: busy };

/**
 * Calls `attempt` until it returns `undefined`, which means success; otherwise it returns who is in
 * the way: another run, unless `waiting` says something else.
 */
export async function poll(
  options: RunOptions,
  attempt: () => Promise<string | undefined>,
  waiting: Waiting = anotherRun,
): Promise<void> {
  const deadline = performance.now() + options.lockWaitMilliseconds;
  let told: string | undefined;
  for (;;) {
    if (options.signal?.aborted) throw interrupted(options.signal);
    const holder = await attempt();
    if (holder === undefined) return;
    if (performance.now() >= deadline) throw waiting.error(holder);
    if (told !== holder) options.report(waiting.event(holder));
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

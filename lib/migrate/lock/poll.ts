import { setTimeout as sleep } from "node:timers/promises";
import { waitLonger } from "../../driver/retry_while_busy.ts";
import { ToolError } from "../../error.ts";
import { interrupted } from "../interrupted.ts";
import type { RunOptions } from "../run_options.ts";

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

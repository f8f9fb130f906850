import { setTimeout as sleep } from "node:timers/promises";
import { type Database, openDatabase } from "../../database/open_database.ts";
import type { ConnectOptions, DatabaseUrl } from "../../driver/driver.ts";
import { ToolError } from "../../error.ts";
import type { Report } from "../../report/event.ts";
import { describeDuration } from "../../sql/timeouts.ts";

/**
 * Opens the database at `url`, waiting if it is not up yet.
 *
 * @throws {ToolError} `database/unreachable` when the time is over, or at once if waiting would not
 *   help.
 */
export async function connectWhenUp(
  url: DatabaseUrl,
  options: ConnectOptions,
  { waitMilliseconds, report }: { readonly waitMilliseconds: number; readonly report: Report },
): Promise<Database> {
  const deadline = performance.now() + waitMilliseconds;
  let told: string | undefined;
  for (;;) {
    try {
      return await openDatabase(url, options);
    } catch (error) {
      if (waitMilliseconds === 0 || !(error instanceof ToolError)) throw error;
      const { mayComeUp } = await import("../../driver/may_come_up.ts");
      if (!mayComeUp(error)) throw error;
      if (performance.now() >= deadline) throw notUp(error, waitMilliseconds);
      if (told !== error.message) report({ kind: "notUp", reason: error.message });
      told = error.message;
      await sleep(250, undefined, options.signal && { signal: options.signal }).catch(() => {});
      options.signal?.throwIfAborted();
    }
  }
}

function notUp({ code, message, facts }: ToolError, waited: number): ToolError {
  return new ToolError(code, `${message}, for ${describeDuration(waited)}`, facts);
}

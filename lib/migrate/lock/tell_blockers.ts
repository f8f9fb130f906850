import { describeBlockers } from "../../report/describe_blockers.ts";
import { BlockerWatch } from "./blocker_watch.ts";
import { readBlockers } from "./read_blockers.ts";
import type { RunOptions } from "../run_options.ts";

/** What takes longer may be waiting for a lock. */
const lateMilliseconds = 500;

/** Does `action`, whose statements wait for their locks as long as it takes, and reports once who holds them. */
export async function tellBlockers(
  what: string,
  { database: { connection }, report }: Pick<RunOptions, "database" | "report">,
  action: () => Promise<void>,
): Promise<void> {
  // Behind a pooler, nobody can tell which server process is ours.
  const backend = connection.pooled ? undefined : connection.backend;
  let isTold = false;
  const watch = new BlockerWatch(async () => {
    const blockers = await readBlockers(connection, backend);
    if (blockers.length === 0 || isTold) return blockers;
    isTold = true;
    report({
      kind: "noted",
      message: `Waiting to ${what}: it is held by ${describeBlockers(blockers)}`,
    });
    return blockers;
  }, 5 * lateMilliseconds);
  watch.begin();
  try {
    await action();
  } finally {
    watch.end();
  }
}

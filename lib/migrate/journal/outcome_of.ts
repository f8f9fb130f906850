import type { Doing } from "./journal_state.ts";
import { brokenOf, dropBroken, findTraces, readTraces } from "./traces.ts";
import type { RunOptions } from "../run_options.ts";

/**
 * Returns what the catalogue says about a statement that was running when its run ended, and cleans
 * up what it left broken.
 */
export async function outcomeOf(
  { sql, there }: Doing,
  options: RunOptions,
): Promise<"done" | "not done" | "unknown"> {
  const traces = await readTraces(sql, options);
  switch (traces.kind) {
    case "none":
      return "unknown";
    case "repeatable":
      if (traces.litter) {
        await dropBroken(await findTraces(traces.litter, options), options);
      }
      return "not done";
    case "object": {
      const found = await findTraces(traces.find, options);
      const fresh = found.some((it) => !there.includes(it.name));
      const gone = there.length > 0 && found.length === 0;
      return (traces.makes ? fresh : gone) ? "done" : "not done";
    }
    case "index": {
      const found = await findTraces(traces.find, options);
      await dropBroken(brokenOf(traces, found, there), options);
      return found.some((it) => it.valid && !there.includes(it.name)) ? "done" : "not done";
    }
    case "partition": {
      const [found] = await findTraces(traces.find, options);
      if (found === undefined) return "done";
      if (found.valid) return "not done";
      await options.database.connection.query(traces.finish);
      return "done";
    }
  }
}

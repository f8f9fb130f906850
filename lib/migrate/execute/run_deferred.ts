import type { Session } from "../../driver/driver.ts";
import type { Step, Work } from "../../plan/plan.ts";
import { compileNow } from "./compile_now.ts";
import { explainFailure } from "../explain/explain_failure.ts";
import type { RunOptions } from "../run_options.ts";

/**
 * Runs operations that are compiled from the database's present state.
 *
 * @throws {ToolError} With the place of the operation that failed.
 */
export async function runDeferred(
  { recorded }: Extract<Work, { kind: "deferred" }>,
  { step, session, options }: {
    readonly step: Step;
    readonly session: Session;
    readonly options: RunOptions;
  },
): Promise<void> {
  for (const statement of await compileNow(recorded, session, options.dialect)) {
    options.signal?.throwIfAborted();
    await session.send([statement]).catch((error) => {
      throw explainFailure(error, step, statement.at);
    });
  }
}

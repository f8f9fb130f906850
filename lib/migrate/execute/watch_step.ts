import { isConditional } from "../../dialect/sqlite/references/referring.ts";
import type { Session } from "../../driver/driver.ts";
import type { Step } from "../../plan/plan.ts";
import { explainFailure } from "../explain/explain_failure.ts";
import type { StatementQueue } from "./statement_queue.ts";

/**
 * Returns a function that fails if `step`, executed between this call and that one, leaves foreign
 * keys to nothing; `undefined` if it cannot.
 */
export async function watchStep(
  step: Step,
  session: Session,
  queue: StatementQueue,
): Promise<(() => Promise<void>) | undefined> {
  const { referring } = step;
  if (referring === undefined) return undefined;
  const { brokenReferences, refuseBroken } = await import(
    "../../dialect/sqlite/references/broken_references.ts"
  );
  const conditional = referring.filter((it) => isConditional(it.operation));
  if (conditional.length > 0) await queue.flush();
  const known = await brokenReferences(conditional, session);
  return async () => {
    await queue.flush();
    await refuseBroken(referring, session, { known }).catch((error: unknown) => {
      throw explainFailure(error, step, undefined);
    });
  };
}

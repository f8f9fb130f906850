import { sessionLevel } from "../../dialect/postgres/transactions/session_level.ts";
import { ToolError } from "../../error.ts";
import type { Plan, Step, Work } from "../../plan/plan.ts";
import { revisionOf } from "../explain/explain_failure.ts";

/**
 * Refuses what is not safe behind a connection pooler, which may give each transaction a different
 * session: work outside a transaction, and session state left behind for whoever gets the session
 * next.
 *
 * @throws {ToolError} `database/refused`, with revision and line.
 */
export function refusePooled(plan: Plan): void {
  for (const { transactional, steps } of plan.segments) {
    for (const step of steps) {
      if (!transactional) throw unsafe(step, step.work[0], "it does not run in a transaction");
      for (const work of step.work) {
        const found = work.kind === "statement" ? sessionLevel(work.statement.sql) : undefined;
        if (found !== undefined) throw unsafe(step, work, found);
      }
    }
  }
}

function unsafe(step: Step, work: Work | undefined, why: string): ToolError {
  const at = work !== undefined && "at" in work ? work.at : undefined;
  return new ToolError(
    "database/refused",
    `Cannot run revision ${revisionOf(step)} through a connection pooler: ${why}`,
    {
      revision: revisionOf(step),
      file: step.source?.file,
      ...at,
      hint: "Set direct_url in the configuration, or DIRECT_URL, to the server itself",
    },
  );
}

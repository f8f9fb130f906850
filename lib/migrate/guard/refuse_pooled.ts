import { sessionLevel } from "../../dialect/postgres/transactions/session_level.ts";
import { ToolError } from "../../error.ts";
import type { Plan, Step, Work } from "../../plan/plan.ts";
import type { Location } from "../../sql/statement.ts";
import { revisionOf } from "../explain/explain_failure.ts";
import { knownStatements } from "../known_statements.ts";

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
      if (!transactional) throw unsafe(step, placeOf(step), "it does not run in a transaction");
      for (const work of step.work) refuseSessionLevel(work, step);
    }
  }
}

function refuseSessionLevel(work: Work, step: Step): void {
  for (const { sql, at } of knownStatements(work)) {
    refuseToLeaveBehind(sql, step, at);
  }
}

/**
 * Refuses a statement that would leave something behind in the session.
 *
 * @throws {ToolError} `database/refused`
 */
export function refuseToLeaveBehind(sql: string, step: PooledStep, at?: Location): void {
  const found = sessionLevel(sql);
  if (found !== undefined) throw unsafe(step, at, found);
}

type PooledStep = Pick<Step, "move" | "source">;

/** Returns where the work of `step` begins. */
function placeOf({ work: [first] }: Step): Location | undefined {
  if (first === undefined || "at" in first) return first?.at;
  const [statement] = knownStatements(first);
  return statement?.at;
}

function unsafe(step: PooledStep, at: Location | undefined, why: string): ToolError {
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

import type { Plan } from "../plan/plan.ts";
import type { RevisionId } from "../revision/revision.ts";
import type { RevisionMap } from "../revision/revision_map.ts";
import { guardRun } from "./guard/guard_run.ts";
import { refuseRebuilds } from "./guard/refuse_rebuilds.ts";
import { type InterruptedWork, interruptedWork } from "./journal/journal_state.ts";
import { refuseToPassBy, settlesWork, unfinishedWork } from "./journal/unfinished_work.ts";
import type { VersionRows } from "./read_heads.ts";
import type { RunOptions } from "./run_options.ts";

/** Makes a plan from the heads, and from the work that is half done there. */
export type PlanFrom = (
  heads: readonly RevisionId[],
  unfinished?: readonly InterruptedWork[],
) => Promise<Plan>;

/**
 * Returns the plan from `rows`, and whether it settles work that is half done; unless something
 * forbids executing it.
 */
export async function allowedPlan(
  { heads, exists }: VersionRows,
  options: RunOptions,
  planFrom: PlanFrom,
  map: RevisionMap,
): Promise<{ readonly plan: Plan; readonly settles: boolean }> {
  const { connection } = options.database;
  const bare = await planFrom(heads);
  if (bare.segments.length > 0 || !exists) await guardRun(bare, options);
  const unfinished = unfinishedWork(await interruptedWork(connection, options), { map, heads });
  const plan = unfinished.length === 0 ? bare : await planFrom(heads, unfinished);
  if (plan.segments.length > bare.segments.length) await guardRun(plan, options);
  if (connection.kind === "libsql") refuseRebuilds(plan);
  refuseToPassBy(unfinished, plan, map);
  return { plan, settles: unfinished.length > 0 && settlesWork(plan) };
}

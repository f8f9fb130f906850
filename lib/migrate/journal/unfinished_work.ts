import { ToolError } from "../../error.ts";
import { type Plan, stepsOf } from "../../plan/plan.ts";
import type { RevisionId } from "../../revision/revision.ts";
import type { RevisionMap } from "../../revision/revision_map.ts";
import { revisionOf } from "../explain/explain_failure.ts";
import type { InterruptedWork } from "./journal_state.ts";

/**
 * Returns the work in `found` that is half done in a database at `heads`; work that the version
 * table shows as finished is not.
 */
export function unfinishedWork(
  found: readonly InterruptedWork[],
  { map, heads }: { readonly map: RevisionMap; readonly heads: readonly RevisionId[] },
): readonly InterruptedWork[] {
  if (found.length === 0) return found;
  const applied = map.ancestors(heads);
  return found.filter(({ direction, revision }) =>
    applied.has(revision) === (direction === "downgrade")
  );
}

/** @throws {ToolError} `resume/unfinished` if `plan` bypasses work that is half done. */
export function refuseToPassBy(work: readonly InterruptedWork[], plan: Plan): void {
  const steps = stepsOf(plan);
  if (steps.some((it) => it.move.direction === "stamp")) return;
  const ids = steps.map(revisionOf);
  const passed = work.find((it) => !ids.includes(it.revision));
  if (passed === undefined) return;
  const { revision, direction, digests, statements } = passed;
  throw new ToolError(
    "resume/unfinished",
    `Cannot start: the ${direction} of ${revision} is half done, ${digests.length} of ${statements} statements`,
    {
      revision,
      hint: direction === "upgrade"
        ? `Finish it with "migrate upgrade ${revision}"; or undo it by hand, and type "migrate resume ${revision} --restart"`
        : `Finish it with "migrate downgrade" to a revision below it; or undo by hand what was done, and type "migrate resume ${revision} --restart"`,
    },
  );
}

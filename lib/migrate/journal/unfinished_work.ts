import { ToolError } from "../../error.ts";
import { type Plan, stepsOf } from "../../plan/plan.ts";
import type { RevisionId } from "../../revision/revision.ts";
import type { RevisionMap } from "../../revision/revision_map.ts";
import type { Move } from "../../revision/route.ts";
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
  const applied = new Set([...map.ancestors(heads), ...heads]); // a row may have no file
  return found.filter(({ direction, revision }) =>
    applied.has(revision) === (direction === "downgrade")
  );
}

/**
 * @throws {ToolError} `resume/unfinished` if `plan` bypasses work that is half done, `resume/changed` if it would do
 *   that from its start: only outside a transaction is it continued.
 */
export function refuseToPassBy(
  work: readonly InterruptedWork[],
  plan: Plan,
  map: RevisionMap,
): void {
  if (settlesWork(plan)) return;
  const ids = stepsOf(plan).map(revisionOf);
  const passed = work.find((it) => !ids.includes(it.revision));
  if (passed === undefined) return refuseToRepeat(work, plan);
  const { revision, direction, digests, statements } = passed;
  throw new ToolError(
    "resume/unfinished",
    `Cannot start: the ${direction} of ${revision} is half done, ${digests.length} of ${statements} statements`,
    { revision, hint: waysOn(passed, map) },
  );
}

function refuseToRepeat(work: readonly InterruptedWork[], { segments }: Plan): void {
  const begun = new Map(
    work.filter((it) => it.digests.length > 0 || it.inDoubt).map((it) => [it.revision, it]),
  );
  const step = segments.filter((it) => it.transactional).flatMap((it) => it.steps)
    .find((it) => begun.has(revisionOf(it)));
  if (step === undefined) return;
  const revision = revisionOf(step);
  throw new ToolError(
    "resume/changed",
    `Cannot continue the ${step.move.direction} of ${revision}: part of it is done, and in a transaction it would run from its start`,
    {
      revision,
      hint:
        `Restore "transaction: false" or the autocommit block, and run the command again; or undo by hand what was done, and type "migrate resume ${revision} --restart"`,
    },
  );
}

/** Returns whether `plan` settles what is half done: a stamp says where the database stands. */
export function settlesWork(plan: Plan): boolean {
  return stepsOf(plan).some((it) => it.move.direction === "stamp");
}

/** Returns the hint that says how to finish half-done work, or how to be rid of it. */
export function waysOn(
  { revision, direction }: Pick<InterruptedWork, "revision" | "direction">,
  map: RevisionMap,
): string {
  const command = commandOn(revision, direction);
  const finish = map.has(revision)
    ? `Finish it with ${command}`
    : `Its file is gone: restore it, and finish it with ${command}`;
  return `${finish}; or undo by hand what was done, and type "migrate resume ${revision} --restart"`;
}

/** Returns the words for the command that continues half-done work. */
export function commandOn(revision: RevisionId, direction: Move["direction"]): string {
  return direction === "downgrade"
    ? `"migrate downgrade" to a revision below ${revision}`
    : `"migrate upgrade ${revision}"`;
}

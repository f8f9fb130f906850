import { branchTips } from "./branch_tips.ts";
import { branchLine, branchRevision, resolveRevision } from "./resolve.ts";
import type { RevisionId } from "./revision.ts";
import type { RevisionMap } from "./revision_map.ts";
import { formatTarget, type Target } from "./target.ts";
import { meansNothing, targetError, walkedTooFar } from "./target_error.ts";
import { type Place, walkSteps } from "./walk_steps.ts";

/** The revisions that a downgrade removes, together with everything that needs them. */
export interface DowngradeGoal {
  /** Where the downgrade stops. */
  readonly place: Place;
  readonly remove: readonly RevisionId[];
}

/**
 * Returns what a downgrade to `target` removes: the revisions that grow from there, on the target's
 * branch if it names one.
 *
 * @param rows All of them must be in the map. `-N` without a branch begins at the first.
 * @throws {ToolError} `revision/…`
 */
export function downgradeGoal(
  map: RevisionMap,
  rows: readonly RevisionId[],
  target: Target,
): DowngradeGoal {
  const { place, branch } = stop(map, rows, target);
  const above = place === "base" ? map.bases : map.children(place.id).map((it) => it.id);
  if (branch === undefined || above.length < 2) return { place, remove: above };
  const trunk = map.ancestors([branchRevision(map, branch).id], "downRevisions");
  const remove = above.filter((it) => trunk.has(it));
  if (remove.length > 0) return { place, remove };
  throw targetError("Not a valid downgrade target from current heads", {
    hint: `"${
      formatTarget(target)
    }" has nothing above it on branch "${branch}": name another branch`,
  });
}

interface Stop {
  readonly place: Place;
  readonly branch: string | undefined;
}

function stop(map: RevisionMap, rows: readonly RevisionId[], target: Target): Stop {
  if (target.kind === "current") throw meansNothing(target);
  if (target.kind !== "relative") {
    // The branch only tells which way to go down, so the revision need not be on it: it may be below.
    const absolute = target.kind === "revision" ? { kind: target.kind, name: target.name } : target;
    return { place: resolveRevision(map, absolute) ?? "base", branch: target.branch };
  }
  const { from, steps } = target;
  if (from.kind !== "current") {
    const line = from.branch === undefined ? undefined : branchLine(map, from.branch);
    const start = resolveRevision(map, from, { asked: target }) ?? "base";
    const { place, isShort } = walkSteps(map, start, steps, line);
    if (!isShort) return { place, branch: from.branch };
    throw targetError("Walked too far", { hint: 'Type "migrate history" to see where it ends' });
  }
  if (steps >= 0) throw walkedTooFar(steps);
  const start = from.branch === undefined ? rows[0] : tipOn(map, rows, from.branch, target);
  if (start === undefined) throw walkedTooFar(steps);
  const { place, isShort } = walkSteps(map, map.get(start) ?? "base", steps);
  if (isShort) throw walkedTooFar(steps);
  return { place, branch: from.branch ?? start };
}

/** Returns the current revision of the database on `branch`. */
function tipOn(
  map: RevisionMap,
  rows: readonly RevisionId[],
  branch: string,
  target: Target,
): RevisionId {
  const line = branchLine(map, branch);
  const onLine = rows.filter((it) => line.has(it));
  const tips = onLine.length > 0 ? onLine : branchTips(map, rows).filter((it) => line.has(it));
  const [tip, ...others] = tips;
  if (tip !== undefined && others.length === 0) return tip;
  if (tip === undefined) {
    throw targetError(`Cannot downgrade to "${formatTarget(target)}": nothing there is applied`, {
      hint: 'Type "migrate current" to see what is applied',
    });
  }
  throw targetError(
    `Cannot downgrade to "${formatTarget(target)}": it could begin at any of ${tips.join(", ")}`,
    { hint: `Write ${tip} instead of ${branch} to begin there` },
  );
}

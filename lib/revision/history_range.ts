import { branchLine, branchRevision, resolveRevision, resolveRevisions } from "./resolve.ts";
import type { Revision, RevisionId } from "./revision.ts";
import type { RevisionMap } from "./revision_map.ts";
import { refuseOverlap } from "./rows.ts";
import { sortRevisions } from "./sort_revisions.ts";
import { formatTarget, type Target, type TargetRange } from "./target.ts";
import { targetError, walkedTooFar } from "./target_error.ts";
import { upgradeGoal } from "./upgrade_goal.ts";
import { walkSteps } from "./walk_steps.ts";

/** The ends of a history, both inclusive. */
export interface HistoryRange extends TargetRange {
  /** The meaning of `current`. */
  readonly rows?: readonly RevisionId[];
}

/**
 * Returns the revisions from `lower` to `upper`, newest first and one branch at a time; without ends,
 * all revisions. A walk that finds too few revisions stops at the last one.
 *
 * `-N` as the lower end counts from the heads, `+N` as the upper end from the lower one.
 *
 * @throws {ToolError} `revision/…`, also if `upper` doesn't build on `lower`.
 */
export function historyRange(
  map: RevisionMap,
  { lower, upper, rows }: HistoryRange = {},
): readonly Revision[] {
  const from = lower ? lowerEnds(map, lower, rows) : [];
  const to = upper ? upperEnds(map, upper, from, rows) : map.realHeads;
  const branch = lower && lower.kind !== "relative" ? lower.branch : undefined;
  const asked = [lower, upper].map((it) => it ? formatTarget(it) : "").join(":");
  return between(map, from, branch === undefined ? to : onBranch(map, branch, to), asked);
}

/**
 * Returns the revisions that grow from `lower` and lead to `upper`, both inclusive, newest first;
 * without `lower`, everything that `upper` needs. Dependencies are only followed if down revisions
 * alone don't lead from one end to the other.
 *
 * @param asked The range as the user wrote it, for the error.
 * @throws {ToolError} `revision/target` if `upper` doesn't build on `lower`.
 */
export function between(
  map: RevisionMap,
  lower: readonly RevisionId[],
  upper: readonly RevisionId[],
  asked: string,
): readonly Revision[] {
  refuseOverlap(map, upper, "Name only revisions that do not depend on each other");
  const needed = map.ancestors(upper);
  if (lower.some((it) => !needed.has(it))) {
    throw targetError(
      `Requested range ${asked} does not refer to ancestor/descendant revisions along the same branch`,
      { hint: "Begin with the older end, and name two revisions of one branch" },
    );
  }
  if (lower.length === 0) return sortRevisions(map, needed, upper);
  const all = map.descendants(lower).intersection(needed);
  const grown = map.descendants(lower, "downRevisions");
  const shown = upper.some((it) => grown.has(it)) ? grown : all;
  return sortRevisions(map, all, upper).filter((it) => shown.has(it.id));
}

/**
 * Returns the `ids` that have the label of `branch`, or, if it doesn't have exactly one, that are on
 * its line.
 */
function onBranch(
  map: RevisionMap,
  branch: string,
  ids: readonly RevisionId[],
): readonly RevisionId[] {
  const [label, ...others] = map.labelled(branch)
    ? [branch]
    : map.labels(branchRevision(map, branch).id);
  if (label !== undefined && others.length === 0) {
    return ids.filter((it) => map.labels(it).includes(label));
  }
  const line = branchLine(map, branch);
  return ids.filter((it) => line.has(it));
}

function lowerEnds(
  map: RevisionMap,
  target: Target,
  rows: readonly RevisionId[] | undefined,
): readonly RevisionId[] {
  if (target.kind !== "relative") {
    return resolveRevisions(map, target, { ...(rows && { rows }) }).map((it) => it.id);
  }
  const { from, steps } = target;
  const line = from.branch === undefined ? undefined : branchLine(map, from.branch);
  if (from.kind === "current" && steps > 0) throw walkedTooFar(steps);
  const starts = from.kind === "current"
    ? map.realHeads.filter((it) => line?.has(it) ?? true).flatMap((it) => map.get(it) ?? [])
    : [resolveRevision(map, from, { asked: target }) ?? "base" as const];
  const ends = starts.map((it) => walkSteps(map, it, steps, line).place);
  return [...new Set(ends.flatMap((it) => it === "base" ? [] : it.id))];
}

function upperEnds(
  map: RevisionMap,
  target: Target,
  lower: readonly RevisionId[],
  rows: readonly RevisionId[] | undefined,
): readonly RevisionId[] {
  const found = target.kind === "relative"
    ? upgradeGoal(map, lower, target, "stay")
    : resolveRevisions(map, target, { ...(rows && { rows }) });
  return found.map((it) => it.id);
}

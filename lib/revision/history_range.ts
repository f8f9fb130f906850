import { branchLine, branchRevision, resolveRevisions } from "./resolve.ts";
import type { Revision, RevisionId } from "./revision.ts";
import type { RevisionMap } from "./revision_map.ts";
import { neededByOthers, refuseOverlap } from "./rows.ts";
import { sortRevisions } from "./sort_revisions.ts";
import { formatTarget, type Target, type TargetRange } from "./target.ts";
import { targetError, walkedTooFar } from "./target_error.ts";
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
 * `-N` as the lower end counts from the heads, `+N` as the upper end from the lower one, and
 * `current-N` from the rows.
 *
 * @throws {ToolError} `revision/…`, also if `upper` doesn't build on `lower`.
 */
export function historyRange(
  map: RevisionMap,
  { lower, upper, rows }: HistoryRange = {},
): readonly Revision[] {
  const from = lower ? lowerEnds(map, lower, rows) : [];
  const to = upper && upperEnds(map, upper, from, rows);
  const branch = lower && lower.kind !== "relative" ? lower.branch : undefined;
  const asked = [lower, upper].map((it) => it ? formatTarget(it) : "").join(":");
  if (branch === undefined) return between(map, from, to ?? map.realHeads, asked);
  return between(map, from, to ? onBranch(map, branch, to) : tipsOn(map, branch), asked);
}

/** Returns the heads of `branch`, even if other branches depend on them. */
function tipsOn(map: RevisionMap, branch: string): readonly RevisionId[] {
  const heads = onBranch(map, branch, map.heads);
  const needed = neededByOthers(map, heads);
  return heads.filter((it) => !needed.includes(it));
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
  const heads = (branch: string | undefined) =>
    resolveRevisions(map, { kind: "heads", ...(branch !== undefined && { branch }) });
  return ends(map, target, { rows, implied: heads, way: "up" });
}

function upperEnds(
  map: RevisionMap,
  target: Target,
  lower: readonly RevisionId[],
  rows: readonly RevisionId[] | undefined,
): readonly RevisionId[] {
  const implied = () => lower.flatMap((it) => map.get(it) ?? []);
  return ends(map, target, { rows, implied, way: "down" });
}

interface EndOptions {
  readonly rows: readonly RevisionId[] | undefined;
  /** The revisions that a relative target counts from if the user named none. */
  readonly implied: (branch: string | undefined) => readonly Revision[];
  /** Which way leads out of the range. */
  readonly way: "up" | "down";
}

function ends(
  map: RevisionMap,
  target: Target,
  { rows, implied, way }: EndOptions,
): readonly RevisionId[] {
  const options = { asked: target, ...(rows && { rows }) };
  if (target.kind !== "relative") return resolveRevisions(map, target, options).map((it) => it.id);
  const { from, steps } = target;
  const line = from.branch === undefined ? undefined : branchLine(map, from.branch);
  const isImplied = from.kind === "current" && from.isImplied;
  const found = isImplied ? implied(from.branch) : resolveRevisions(map, from, options);
  const starts = found.length === 0 ? ["base" as const] : found;
  const walks = starts.map((start) => ({ start, ...walkSteps(map, start, steps, line) }));
  // A walk into the range may end early; one that ends early on the way out leaves no range.
  const isOut = way === "up" ? steps > 0 : steps < 0;
  const reached = walks.filter((it) => !(isOut && it.isShort));
  if (reached.length === 0) throw walkedTooFar(steps);
  return [
    ...new Set(reached.flatMap(({ start, place }) => {
      if (place !== "base") return place.id;
      return way === "up" && start !== "base" ? rootsOf(map, start) : [];
    })),
  ];
}

/** A range that begins at base on one line need not do so on the others. */
function rootsOf(map: RevisionMap, { id }: Revision): readonly RevisionId[] {
  const line = map.ancestors([id], "downRevisions");
  return map.bases.filter((it) => line.has(it));
}

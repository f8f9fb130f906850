import { branchLine, resolveRevision, resolveRevisions } from "./resolve.ts";
import type { Revision, RevisionId } from "./revision.ts";
import type { RevisionMap } from "./revision_map.ts";
import type { Target } from "./target.ts";
import { meansNothing, targetError, walkedTooFar } from "./target_error.ts";
import { type Place, walkSteps } from "./walk_steps.ts";

/**
 * Returns the revisions that an upgrade to `target` makes current, none for base.
 *
 * @param rows All of them must be in the map.
 * @throws {ToolError} `revision/…`
 */
export function upgradeGoal(
  map: RevisionMap,
  rows: readonly RevisionId[],
  target: Target,
): readonly Revision[] {
  if (target.kind === "current") throw meansNothing(target);
  if (target.kind !== "relative") return resolveRevisions(map, target);
  const { from, steps } = target;
  const line = from.branch === undefined ? undefined : branchLine(map, from.branch);
  if (from.kind === "current" && steps <= 0) throw walkedTooFar(steps);
  const start = from.kind === "current"
    ? startFromRows(map, rows, line)
    : resolveRevision(map, from, { asked: target }) ?? "base";
  const { place, isShort } = walkSteps(map, start, steps, line);
  if (isShort) throw walkedTooFar(steps);
  return place === "base" ? [] : [place];
}

/** Returns the only current revision of the database on `line`; without a line, on any. */
function startFromRows(
  map: RevisionMap,
  rows: readonly RevisionId[],
  line: ReadonlySet<RevisionId> | undefined,
): Place {
  const [start, ...others] = line ? rowsOn(map, rows, line) : rows;
  if (others.length > 0) {
    throw targetError("Ambiguous upgrade from multiple current revisions", {
      hint: "Name the branch to go up on, as in BRANCH@+1",
    });
  }
  return (start === undefined ? undefined : map.get(start)) ?? "base";
}

/** Returns the rows on `line`; if there are none, the topmost revisions on it that the rows need. */
function rowsOn(
  map: RevisionMap,
  rows: readonly RevisionId[],
  line: ReadonlySet<RevisionId>,
): readonly RevisionId[] {
  const onLine = rows.filter((it) => line.has(it));
  if (onLine.length > 0) return onLine;
  const applied = map.ancestors(rows).intersection(line);
  const covered = new Set([...applied].flatMap((it) => map.parents(it)).map((it) => it.id));
  return [...applied.difference(covered)];
}

import { downgradeGoal } from "./downgrade_goal.ts";
import type { Revision, RevisionId } from "./revision.ts";
import type { RevisionMap } from "./revision_map.ts";
import { knownRows, neededByOthers, refuseOverlap } from "./rows.ts";
import { sortRevisions } from "./sort_revisions.ts";
import { stampSteps } from "./stamp_steps.ts";
import { formatTarget, type Target } from "./target.ts";
import { nothingToStamp, targetError } from "./target_error.ts";
import { upgradeGoal } from "./upgrade_goal.ts";

/** A revision to run. */
export interface RevisionMove {
  readonly direction: "upgrade" | "downgrade";
  readonly revision: Revision;
}

/** One step of a database through the graph. */
export type Move =
  | RevisionMove
  /** Replaces the rows `from` of the version table with `to`, without running anything. */
  | {
    readonly direction: "stamp";
    readonly from: readonly RevisionId[];
    readonly to: readonly RevisionId[];
  };

/**
 * A target that does not depend on the position of the database, so that planning again from a later
 * position finds less to do. An upgrade applies `revisions` and everything that they need; a downgrade
 * removes them and everything that needs them.
 */
export interface SettledTarget {
  readonly kind: "settled";
  readonly revisions: readonly RevisionId[];
}

/**
 * Returns the moves that apply `target` and everything that it needs, in order; none if the database
 * has it.
 *
 * @param rows The rows of the version table.
 * @throws {ToolError} `revision/…`
 */
export function upgradeRoute(
  map: RevisionMap,
  rows: readonly RevisionId[],
  target: Target | SettledTarget,
): readonly Move[] {
  const { revisions } = absoluteTarget(map, rows, target, "upgrade");
  if (revisions.every((it) => rows.includes(it))) return [];
  const missing = map.ancestors(revisions).difference(map.ancestors(rows));
  return sortRevisions(map, missing, revisions).toReversed()
    .map((revision) => ({ direction: "upgrade", revision }));
}

/**
 * Returns the moves that take the database down to `target`, in order: a revision is removed after
 * everything that needs it. None if the database is there already.
 *
 * @param rows The rows of the version table; `-N` without a branch begins at the first.
 * @throws {ToolError} `revision/…`
 */
export function downgradeRoute(
  map: RevisionMap,
  rows: readonly RevisionId[],
  target: Target | SettledTarget,
): readonly Move[] {
  const { revisions } = absoluteTarget(map, rows, target, "downgrade");
  const applied = map.ancestors(rows);
  const leaving = map.descendants(revisions).intersection(applied);
  // Alembic can leave a row whose revision another row needs; it would never be removed.
  const leftOver = neededByOthers(map, rows.filter((it) => !leaving.has(it)));
  return [
    ...leftOver.map((row): Move => ({ direction: "stamp", from: [row], to: [] })),
    ...sortRevisions(map, leaving, rows)
      .map((revision): Move => ({ direction: "downgrade", revision })),
  ];
}

/**
 * Returns the moves that make the version table name `targets`, one after the other: each replaces the
 * rows of its own line, and base removes them all. None if the table names the targets already.
 *
 * If none of the rows is in the map, all of them are removed first, as with `purge`; see {@link
 * unknownRows}.
 *
 * @throws {ToolError} `revision/…`, also if only some of the rows are in the map, or if all would be
 * removed for a head that does not exist: there are no revisions, as in a wrong directory.
 */
export function stampRoute(
  map: RevisionMap,
  rows: readonly RevisionId[],
  targets: readonly Target[],
  { purge = false }: { readonly purge?: boolean } = {},
): readonly Move[] {
  const clears = purge || !rows.some((it) => map.has(it));
  if (!clears) knownRows(map, rows);
  const cleared = clears ? rows.map((row) => ({ from: [row], to: [] })) : [];
  const steps = stampSteps(map, clears ? [] : rows, targets);
  if (cleared.length > 0 && steps.length === 0 && !targets.some((it) => it.kind === "base")) {
    throw nothingToStamp(rows);
  }
  return [...cleared, ...steps].map((step) => ({ direction: "stamp", ...step }));
}

/**
 * Returns `target` in a form that no longer depends on the position of the database: a run that waited
 * for another then goes where it was asked to go, and not further.
 *
 * @throws {ToolError} `revision/…`
 */
export function absoluteTarget(
  map: RevisionMap,
  rows: readonly RevisionId[],
  target: Target | SettledTarget,
  direction: "upgrade" | "downgrade",
): SettledTarget {
  knownRows(map, rows);
  if (direction === "upgrade") {
    refuseOverlap(
      map,
      rows,
      'Type "migrate stamp --purge" with the revisions that are really there',
    );
  }
  if (target.kind === "settled") return target;
  if (direction === "downgrade") {
    return { kind: "settled", revisions: removed(map, rows, target) };
  }
  const revisions = upgradeGoal(map, rows, target).map((it) => it.id);
  refuseOverlap(map, revisions, "Name only revisions that do not depend on each other");
  return { kind: "settled", revisions };
}

function removed(
  map: RevisionMap,
  rows: readonly RevisionId[],
  target: Target,
): readonly RevisionId[] {
  const { place, remove } = downgradeGoal(map, rows, target);
  if (place === "base" || rows.includes(place.id)) return remove;
  if (!map.descendants(remove).isDisjointFrom(map.ancestors(rows))) return remove;
  throw targetError(
    `Destination ${formatTarget(target)} is not a valid downgrade target from current head(s)`,
    { hint: `Nothing above ${place.id} is applied: type "migrate current" to see what is` },
  );
}

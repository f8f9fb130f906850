import { downgradeGoal } from "./downgrade_goal.ts";
import type { Revision, RevisionId } from "./revision.ts";
import type { RevisionMap } from "./revision_map.ts";
import { knownRows, neededByOthers, refuseOverlap } from "./rows.ts";
import { sortRevisions } from "./sort_revisions.ts";
import { stampSteps } from "./stamp_steps.ts";
import { formatTarget, type Target } from "./target.ts";
import { nothingToStamp, targetError } from "./target_error.ts";
import { upgradeGoal } from "./upgrade_goal.ts";

/** A revision that is run. */
export interface RevisionMove {
  readonly direction: "upgrade" | "downgrade";
  readonly revision: Revision;
}

/** One step of a database through the graph. */
export type Move =
  | RevisionMove
  /** The version table says `to` where it said `from`, and nothing is run. */
  | {
    readonly direction: "stamp";
    readonly from: readonly RevisionId[];
    readonly to: readonly RevisionId[];
  };

/**
 * A target that means the same wherever the database stands, so that whoever plans again from further
 * on finds less to do: an upgrade applies `revisions` with all that they need, a downgrade takes them
 * away with all that needs them.
 */
export interface SettledTarget {
  readonly kind: "settled";
  readonly revisions: readonly RevisionId[];
}

/**
 * Returns the moves that apply `target` and all that it needs, in the order to make them; none if the
 * database has it.
 *
 * @param rows What the version table holds.
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
 * Returns the moves that take the database down to `target`, in the order to make them: what needs a
 * revision goes before it. None if the database stands there.
 *
 * @param rows What the version table holds; `-N` without a branch goes down from the first.
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
  // Alembic can leave a row whose revision another row needs: it would stand there for ever.
  const leftOver = neededByOthers(map, rows.filter((it) => !leaving.has(it)));
  return [
    ...leftOver.map((row): Move => ({ direction: "stamp", from: [row], to: [] })),
    ...sortRevisions(map, leaving, rows)
      .map((revision): Move => ({ direction: "downgrade", revision })),
  ];
}

/**
 * Returns the moves that make the version table name `targets`, one after the other: each takes the
 * place of the rows of its own line, and base that of all. None if the table names them.
 *
 * Where no row is in the map, all of them go first, as with `purge`; see {@link unknownRows}.
 *
 * @throws {ToolError} `revision/…`, also if some rows are in the map and some are not, or if all would go
 * for a head that is not there: without revisions, as in a wrong directory.
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
 * Returns `target` so that it no longer moves with the database: a run that waited for another then
 * goes where it was asked to go, not further.
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

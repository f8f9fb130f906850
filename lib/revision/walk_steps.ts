import type { Revision, RevisionId } from "./revision.ts";
import type { RevisionMap } from "./revision_map.ts";
import { ambiguousWalk } from "./target_error.ts";

/** A revision, or the position of a database without any. */
export type Place = Revision | "base";

/** Where a walk ended, and whether it ended early. */
export interface Walk {
  readonly place: Place;
  readonly isShort: boolean;
}

/**
 * Returns where `steps` along the down revisions lead from `start`: up, or down if negative.
 *
 * @param line If given, walking up stays on it.
 * @throws {ToolError} `revision/target` where the path is ambiguous.
 */
export function walkSteps(
  map: RevisionMap,
  start: Place,
  steps: number,
  line?: ReadonlySet<RevisionId>,
): Walk {
  let place = start;
  for (let left = Math.abs(steps); left > 0; left--) {
    const next = steps < 0 ? below(map, place) : above(map, place, line);
    if (next === undefined) return { place, isShort: true };
    place = next;
  }
  return { place, isShort: false };
}

function above(
  map: RevisionMap,
  place: Place,
  line: ReadonlySet<RevisionId> | undefined,
): Revision | undefined {
  const children = place === "base"
    ? map.bases.flatMap((it) => map.get(it) ?? [])
    : map.children(place.id);
  return only("up", place, line ? children.filter((it) => line.has(it.id)) : children);
}

function below(map: RevisionMap, place: Place): Place | undefined {
  return place === "base" ? undefined : only("down", place, map.downRevisions(place.id)) ?? "base";
}

function only(
  way: "up" | "down",
  from: Place,
  candidates: readonly Revision[],
): Revision | undefined {
  if (candidates.length < 2) return candidates[0];
  throw ambiguousWalk(from === "base" ? from : `"${from.id}"`, candidates, way);
}

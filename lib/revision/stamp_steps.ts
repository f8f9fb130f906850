import { ToolError } from "../error.ts";
import { branchRevision, resolveRevisions } from "./resolve.ts";
import type { RevisionId } from "./revision.ts";
import type { RevisionMap } from "./revision_map.ts";
import { refuseOverlap } from "./rows.ts";
import type { Target } from "./target.ts";

/** Rows to be replaced by others. */
export interface StampStep {
  readonly from: readonly RevisionId[];
  readonly to: readonly RevisionId[];
}

/**
 * Returns the steps that make the rows name `targets`, one after the other.
 *
 * @param rows All of them must be in the map.
 * @throws {ToolError} `revision/…`
 */
export function stampSteps(
  map: RevisionMap,
  rows: readonly RevisionId[],
  targets: readonly Target[],
): readonly StampStep[] {
  const resolved = targets.map((target) => ({ target, ids: destinations(map, target) }));
  refuseOverlap(
    map,
    [...new Set(resolved.flatMap((it) => it.ids))],
    "Name only revisions that do not depend on each other",
  );
  const steps: StampStep[] = [];
  let current = rows;
  const make = (step: StampStep): void => {
    steps.push(step);
    current = [...current.filter((it) => !step.from.includes(it)), ...step.to];
  };
  for (const { target, ids } of resolved) {
    if (target.kind === "base") {
      for (const row of rowsOf(map, current, target.branch)) make({ from: [row], to: [] });
    }
    for (const id of ids.filter((it) => !current.includes(it))) {
      const line = related(map, id);
      make({ from: current.filter((it) => line.has(it)), to: [id] });
    }
  }
  return steps;
}

function destinations(map: RevisionMap, target: Target): readonly RevisionId[] {
  try {
    return resolveRevisions(map, target).map((it) => it.id);
  } catch (error) {
    if (!(error instanceof ToolError) || error.code !== "revision/multiple_heads") throw error;
    throw new ToolError(
      error.code,
      "Multiple heads are present; please specify a single target revision",
      error.facts,
    );
  }
}

/**
 * Returns the rows on `branch`, on its dependencies and on its dependents; without a branch, all rows.
 */
function rowsOf(
  map: RevisionMap,
  rows: readonly RevisionId[],
  branch: string | undefined,
): readonly RevisionId[] {
  if (branch === undefined) return rows;
  const line = related(map, branchRevision(map, branch).id);
  return rows.filter((it) => line.has(it));
}

/** Returns everything that `id` needs, and everything that needs it. */
function related(map: RevisionMap, id: RevisionId): ReadonlySet<RevisionId> {
  return map.ancestors([id]).union(map.descendants([id]));
}

import { branchTips } from "./branch_tips.ts";
import type { Revision, RevisionId } from "./revision.ts";
import type { RevisionMap } from "./revision_map.ts";
import { unknownRows } from "./rows.ts";

/** Where a database stands on one branch. */
export interface CurrentRevision {
  readonly id: RevisionId;
  /** Absent if the database has a row for it, but the map has no such revision. */
  readonly revision?: Revision;
  /** Whether the version table has it. If not, it is there because another revision depends on it. */
  readonly isRow: boolean;
}

/** Returns where the database stands: on each branch, in load order, then the rows that nobody knows. */
export function currentRevisions(
  map: RevisionMap,
  rows: readonly RevisionId[],
): readonly CurrentRevision[] {
  const known = map.inLoadOrder(new Set([...branchTips(map, rows), ...rows]));
  return known.map((id) => {
    const revision = map.get(id);
    return { id, ...(revision && { revision }), isRow: rows.includes(id) };
  });
}

/** Says whether everything in the map is applied, and nothing that isn't in it. */
export function isAtHeads(map: RevisionMap, rows: readonly RevisionId[]): boolean {
  if (unknownRows(map, rows).length > 0) return false;
  const rowSet = new Set(rows);
  return map.realHeads.every((it) => rowSet.has(it));
}

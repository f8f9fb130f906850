import { branchTips } from "./branch_tips.ts";
import type { Revision, RevisionId } from "./revision.ts";
import type { RevisionMap } from "./revision_map.ts";
import { unknownRows } from "./rows.ts";

/** The position of a database on one branch. */
export interface CurrentRevision {
  readonly id: RevisionId;
  /** Absent if the revision is not in the map, and only the database has it. */
  readonly revision?: Revision;
  /**
   * Whether it is in the version table. If not, it is applied because another revision depends on it.
   */
  readonly isRow: boolean;
}

/**
 * Returns the current revisions of the database: those of each branch, in load order, then the unknown
 * rows.
 */
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

/** Says whether everything in the map is applied, and nothing else. */
export function isAtHeads(map: RevisionMap, rows: readonly RevisionId[]): boolean {
  if (unknownRows(map, rows).length > 0) return false;
  const rowSet = new Set(rows);
  return map.realHeads.every((it) => rowSet.has(it));
}

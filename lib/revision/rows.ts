import type { Revision, RevisionId } from "./revision.ts";
import type { RevisionMap } from "./revision_map.ts";
import { cannotLocate, overlap } from "./target_error.ts";

/** Returns the `rows` that are not in `map`. */
export function unknownRows(map: RevisionMap, rows: readonly RevisionId[]): readonly RevisionId[] {
  return rows.filter((it) => !map.has(it));
}

/**
 * Returns the revisions of `rows`.
 *
 * @throws {ToolError} `revision/unknown`, with a hint for the way out, if one is not in the map.
 */
export function knownRows(map: RevisionMap, rows: readonly RevisionId[]): readonly Revision[] {
  const unknown = unknownRows(map, rows);
  if (unknown[0] !== undefined) throw cannotLocate(unknown[0], wayOut(map, rows, unknown));
  return rows.flatMap((it) => map.get(it) ?? []);
}

function wayOut(
  map: RevisionMap,
  rows: readonly RevisionId[],
  unknown: readonly RevisionId[],
): string {
  if (map.heads.length === 0) {
    const id = rows.length === 1 ? ` --rev-id ${rows}` : "";
    return "There are no revisions: check script_location, or take the database over with " +
      `"migrate revision --autogenerate --from-revisions --models database${id}"`;
  }
  const flag = unknown.length < rows.length ? " --purge" : "";
  return "The database is at a revision that has no file: pull the file, or type " +
    `"migrate stamp${flag} REVISION" to say where the database stands`;
}

/**
 * Checks that none of `ids` needs another.
 *
 * @throws {ToolError} `revision/target`, with `hint`, if one does.
 */
export function refuseOverlap(map: RevisionMap, ids: readonly RevisionId[], hint: string): void {
  if (neededByOthers(map, ids).length === 0) return;
  for (const id of ids) {
    const below = map.ancestors([id]);
    const others = ids.filter((it) => it !== id && below.has(it));
    if (others.length > 0) throw overlap(id, others, { hint });
  }
}

/** Returns the `ids` that others of them need. */
export function neededByOthers(
  map: RevisionMap,
  ids: readonly RevisionId[],
): readonly RevisionId[] {
  if (ids.length < 2) return [];
  const below = map.ancestors(ids.flatMap((it) => map.parents(it)).map((it) => it.id));
  return ids.filter((it) => below.has(it));
}

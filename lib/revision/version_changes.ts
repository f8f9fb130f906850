import { ToolError } from "../error.ts";
import type { Node } from "./node.ts";
import type { RevisionId } from "./revision.ts";
import type { RevisionMap } from "./revision_map.ts";
import type { Move } from "./route.ts";

/** A change to one row of the version table. */
export type VersionChange =
  | { readonly kind: "insert"; readonly id: RevisionId }
  | { readonly kind: "delete"; readonly id: RevisionId }
  | { readonly kind: "replace"; readonly from: RevisionId; readonly to: RevisionId };

/**
 * Returns the changes to the version table that record `move`, in order.
 *
 * The rows are the applied revisions that no other applied one needs. So a plain upgrade replaces one
 * row, a new branch inserts one, and a merge deletes all of its down revisions but one, which it
 * replaces. A downgrade is the mirror image.
 *
 * @param rows The rows of the version table before, in any order.
 * @throws {ToolError} `database/conflict` if, according to `rows`, `move` is impossible or was already
 * made.
 */
export function versionChanges(
  map: RevisionMap,
  rows: readonly RevisionId[],
  move: Move,
): readonly VersionChange[] {
  const before = new Set(rows);
  switch (move.direction) {
    case "upgrade": {
      const { id } = move.revision;
      if (before.has(id)) throw conflict(id, "is already there");
      const parents = map.parents(id).map((it) => it.id);
      return changes(parents.filter((it) => before.has(it)), [id]);
    }
    case "downgrade": {
      const { id } = move.revision;
      if (!before.has(id)) throw conflict(id, "is not there");
      const uncovered = (map.node(id)?.parents ?? []).filter((it) =>
        !before.has(it.revision.id) && !isNeeded(map, before, it, id)
      );
      return changes([id], uncovered.map((it) => it.revision.id));
    }
    case "stamp":
      return changesBetween(move.from, move.to);
  }
}

/** Returns `rows` with `changes` applied. */
export function applyVersionChanges(
  rows: readonly RevisionId[],
  changes: readonly VersionChange[],
): readonly RevisionId[] {
  return changes.reduce<readonly RevisionId[]>((left, change) => {
    switch (change.kind) {
      case "insert":
        return [...left, change.id];
      case "delete":
        return left.filter((it) => it !== change.id);
      case "replace":
        return left.map((it) => it === change.from ? change.to : it);
    }
  }, rows);
}

/** Returns the changes that turn the rows `before` into the rows `after`. */
export function changesBetween(
  before: readonly RevisionId[],
  after: readonly RevisionId[],
): readonly VersionChange[] {
  const gone = before.filter((it) => !after.includes(it));
  return changes(gone, after.filter((it) => !before.includes(it)));
}

/**
 * Returns the fewest changes that replace `gone` with `come`: the last ones of each become a single
 * replacement.
 */
function changes(
  gone: readonly RevisionId[],
  come: readonly RevisionId[],
): readonly VersionChange[] {
  const from = gone.at(-1);
  const to = come.at(-1);
  const replaces = from !== undefined && to !== undefined;
  const end = replaces ? -1 : undefined;
  return [
    ...gone.slice(0, end).map((id) => ({ kind: "delete", id }) as const),
    ...come.slice(0, end).map((id) => ({ kind: "insert", id }) as const),
    ...(replaces ? [{ kind: "replace", from, to } as const] : []),
  ];
}

/** Says whether an applied revision other than `except` needs `node`. */
function isNeeded(
  map: RevisionMap,
  rows: ReadonlySet<RevisionId>,
  node: Node,
  except: RevisionId,
): boolean {
  const seen = new Set<Node>(
    [...node.children, ...node.dependents].filter((it) => it.revision.id !== except),
  );
  // A revision is applied if it or one above it is a row, and no row is above the highest rank of a
  // row.
  const highest = rows.values().reduce((rank, it) => Math.max(rank, map.node(it)?.rank ?? -1), -1);
  const open = [...seen];
  for (let at = open.pop(); at; at = open.pop()) {
    if (rows.has(at.revision.id)) return true;
    for (const next of [...at.children, ...at.dependents]) {
      if (seen.has(next) || next.rank > highest) continue;
      seen.add(next);
      open.push(next);
    }
  }
  return false;
}

function conflict(id: RevisionId, problem: string): ToolError {
  return new ToolError(
    "database/conflict",
    `Cannot change the version table for revision ${id}: its row ${problem}`,
    { revision: id, hint: 'Type "migrate current" to see where the database stands' },
  );
}

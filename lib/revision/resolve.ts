import type { Revision, RevisionId } from "./revision.ts";
import type { RevisionMap } from "./revision_map.ts";
import { knownRows } from "./rows.ts";
import type { Target } from "./target.ts";
import {
  ambiguousName,
  cannotLocate,
  meansNothing,
  multipleHeads,
  notOnBranch,
  unknownBranch,
} from "./target_error.ts";

/** The context of a target. */
export interface ResolveOptions {
  /** The revisions that `current` means; without them, `current` is an error. */
  readonly rows?: readonly RevisionId[];
  /** The target that the user wrote, if this one is only a part of it; for errors. */
  readonly asked?: Target;
}

/**
 * Returns the revisions that `target` means; none for base.
 *
 * `heads` means the real heads; on a branch, all of its heads. A relative target cannot be resolved on
 * its own: its meaning depends on the operation, such as {@link upgradeRoute}.
 *
 * @throws {ToolError} `revision/unknown`, `revision/ambiguous`, `revision/multiple_heads`,
 * `revision/target`
 */
export function resolveRevisions(
  map: RevisionMap,
  target: Target,
  { rows, asked = target }: ResolveOptions = {},
): readonly Revision[] {
  switch (target.kind) {
    case "base":
      if (target.branch !== undefined) branchLine(map, target.branch);
      return [];
    case "head": {
      const heads = headsOn(map, target.branch);
      if (heads.length > 1) throw multipleHeads(asked, heads, map);
      return revisionsOf(map, heads);
    }
    case "heads":
      return revisionsOf(
        map,
        target.branch === undefined ? map.realHeads : headsOn(map, target.branch),
      );
    case "revision":
      return [revisionNamed(map, target.name, target.branch)];
    case "current": {
      if (!rows) throw meansNothing(target);
      const line = target.branch === undefined ? undefined : branchLine(map, target.branch);
      return knownRows(map, rows).filter((it) => line?.has(it.id) ?? true);
    }
    case "relative":
      throw meansNothing(target);
  }
}

/**
 * Returns the one revision that `target` means, or undefined for base.
 *
 * @throws {ToolError} Like {@link resolveRevisions}, and if `target` means several.
 */
export function resolveRevision(
  map: RevisionMap,
  target: Target,
  options: ResolveOptions = {},
): Revision | undefined {
  const found = resolveRevisions(map, target, options);
  if (found.length > 1) throw multipleHeads(options.asked ?? target, found.map((it) => it.id), map);
  return found[0];
}

/**
 * Returns the ids of all revisions that `branch` grows from, and of all that grow from it.
 *
 * @throws {ToolError} `revision/unknown`, `revision/ambiguous`
 */
export function branchLine(map: RevisionMap, branch: string): ReadonlySet<RevisionId> {
  const { id } = branchRevision(map, branch);
  return map.ancestors([id], "downRevisions").union(map.descendants([id], "downRevisions"));
}

/**
 * Returns the revision that `branch` names.
 *
 * @throws {ToolError} `revision/unknown`, `revision/ambiguous`
 */
export function branchRevision(map: RevisionMap, branch: string): Revision {
  const found = candidates(map, branch);
  const [revision, ...others] = found;
  if (!revision) throw unknownBranch(branch);
  if (others.length > 0) throw ambiguousName(branch, found);
  return revision;
}

function headsOn(map: RevisionMap, branch: string | undefined): readonly RevisionId[] {
  if (branch === undefined) return map.heads;
  const line = branchLine(map, branch);
  return map.heads.filter((it) => line.has(it));
}

function revisionNamed(map: RevisionMap, name: string, branch: string | undefined): Revision {
  const named = candidates(map, name);
  const line = branch === undefined ? undefined : branchLine(map, branch);
  const found = line ? named.filter((it) => line.has(it.id)) : named;
  const [revision, ...others] = found;
  if (others.length > 0) throw ambiguousName(name, found);
  if (revision) return revision;
  throw branch === undefined || named.length === 0 ? cannotLocate(name) : notOnBranch(name, branch);
}

/** Returns the revision with exactly this name, or else those whose names begin with it. */
function candidates(map: RevisionMap, name: string): readonly Revision[] {
  const exact = map.get(name) ?? map.labelled(name);
  return exact ? [exact] : map.startingWith(name);
}

function revisionsOf(map: RevisionMap, ids: readonly RevisionId[]): readonly Revision[] {
  return ids.flatMap((it) => map.get(it) ?? []);
}

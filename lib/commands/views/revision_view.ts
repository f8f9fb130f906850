import { relative } from "node:path";
import { createDate, documentation } from "../../script/header/documentation.ts";
import type { ScriptDirectory } from "../../script/script_directory.ts";
import type { Revision, RevisionId } from "../../revision/revision.ts";

/** A revision with all that listings show of it. */
export interface RevisionView {
  readonly revision: string;
  readonly downRevisions: readonly string[];
  readonly dependsOn: readonly string[];
  /** The labels of the branch that it is on, declared here or elsewhere; sorted. */
  readonly branchLabels: readonly string[];
  readonly message: string;
  /** Relative to the working directory if inside it. */
  readonly path: string;
  readonly createDate: string | null;
  readonly isHead: boolean;
  /** A head that another revision depends on, so that it has no row of its own. */
  readonly isEffectiveHead: boolean;
  readonly isBase: boolean;
  readonly isMerge: boolean;
  readonly isBranchPoint: boolean;
  /** Absent if the database was not queried. */
  readonly isCurrent?: boolean;
  /** Its children; for text output. */
  readonly children: readonly RevisionId[];
  /** The comment at the top of its file; for text output. */
  readonly documentation: string;
}

/**
 * Returns the view of `id`, which must be in `directory`; `current` are the revisions that the
 * database is at.
 */
export function revisionView(
  id: RevisionId,
  { map, file: fileOf }: ScriptDirectory,
  cwd: string,
  current?: ReadonlySet<RevisionId>,
): RevisionView {
  const file = fileOf(id);
  const ids = (revisions: readonly Revision[]) => revisions.map((it) => it.id);
  return {
    revision: id,
    downRevisions: file.revision.downRevisions,
    dependsOn: ids(map.dependencies(id)),
    branchLabels: map.labels(id),
    message: file.revision.message,
    get path() {
      return shownPath(file.path, cwd);
    },
    get createDate() {
      return createDate(file) ?? null;
    },
    isHead: map.isHead(id),
    isEffectiveHead: map.isHead(id) && !map.isRealHead(id),
    isBase: map.isBase(id),
    isMerge: map.isMergePoint(id),
    isBranchPoint: map.isBranchPoint(id),
    ...(current && { isCurrent: current.has(id) }),
    children: ids(map.children(id)),
    get documentation() {
      return documentation(file);
    },
  };
}

/** Returns `path` as the user would type it from `cwd`. */
export function shownPath(path: string, cwd: string): string {
  const below = relative(cwd, path);
  return below.startsWith("..") ? path : below || ".";
}

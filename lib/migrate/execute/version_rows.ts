import type { Step } from "../../plan/plan.ts";
import type { RevisionId } from "../../revision/revision.ts";
import { changesBetween, type VersionChange } from "../../revision/version_changes.ts";
import { onlyDefines } from "../../sql/only_defines.ts";
import type { RunOptions } from "../run_options.ts";

/**
 * Returns the changes of the version rows to make at the end of each of `steps`, which share a
 * transaction. On SQLite there are none as long as the steps that follow only define tables and the
 * like: nothing could read the rows before they are replaced.
 */
export function versionRowsAt(
  steps: readonly Step[],
  { dialect, hooks }: Pick<RunOptions, "dialect" | "hooks">,
): readonly (readonly VersionChange[])[] {
  if (dialect.name !== "sqlite" || hooks) return steps.map((it) => it.changes);
  let before: readonly RevisionId[] | undefined;
  return steps.map((step, index) => {
    const next = steps[index + 1];
    if (next && readsNoRows(next)) {
      before ??= step.before;
      return [];
    }
    const changes = before ? changesBetween(before, step.after) : step.changes;
    before = undefined;
    return changes;
  });
}

function readsNoRows({ work }: Step): boolean {
  return work.every((it) =>
    it.kind === "statement" && (onlyDefines(it.statement.sql) || isIndex.test(it.statement.sql))
  );
}

/** It reads the rows of its own table alone. */
const isIndex = /^CREATE\s+(?:UNIQUE\s+)?INDEX\b/i;

import type { Step, Work } from "../../plan/plan.ts";
import type { VersionTable } from "../../plan/version_table.ts";
import type { RevisionId } from "../../revision/revision.ts";
import { changesBetween, type VersionChange } from "../../revision/version_changes.ts";
import { onlyDefines } from "../../sql/only_defines.ts";
import type { Queryable } from "../../sql/statement.ts";
import type { RunOptions } from "../run_options.ts";

/**
 * Returns the changes of the version rows to make at the end of each of `steps`, which share a
 * transaction. On SQLite there are none as long as the steps that follow only define tables and the
 * like: nothing could notice that the rows have not changed before they are replaced.
 */
export async function versionRowsAt(
  steps: readonly Step[],
  session: Queryable,
  { dialect, hooks, versionTable }: Pick<RunOptions, "dialect" | "hooks" | "versionTable">,
): Promise<readonly (readonly VersionChange[])[]> {
  if (dialect.name !== "sqlite" || hooks || steps.length === 1) {
    return steps.map((it) => it.changes);
  }
  let isWatched = await hasTrigger(versionTable, session);
  let before: readonly RevisionId[] | undefined;
  return steps.map((step, index) => {
    const next = steps[index + 1];
    isWatched ||= step.work.some((it) => mayWatch(it, versionTable));
    if (next?.work.every((it) => readsNoRows(it) && !mayWatch(it, versionTable)) && !isWatched) {
      before ??= step.before;
      return [];
    }
    const changes = before ? changesBetween(before, step.after) : step.changes;
    before = undefined;
    return changes;
  });
}

async function hasTrigger({ name }: VersionTable, session: Queryable): Promise<boolean> {
  const sql = ["sqlite_schema", "sqlite_temp_schema"].map((it) =>
    `SELECT name FROM ${it} WHERE type = 'trigger' AND lower(tbl_name) = lower($1)`
  ).join(" UNION ALL ");
  return (await session.query({ sql, parameters: [name] })).length > 0;
}

/** Says whether `work` may create a trigger on the version table: what is not a statement may do anything. */
function mayWatch(work: Work, { name }: VersionTable): boolean {
  if (work.kind !== "statement") return true;
  const sql = work.statement.sql.toLowerCase();
  return sql.includes("trigger") && sql.includes(name.toLowerCase());
}

function readsNoRows(work: Work): boolean {
  return work.kind === "statement" &&
    (onlyDefines(work.statement.sql) || isIndex.test(work.statement.sql));
}

/** It reads the rows of its own table alone. */
const isIndex = /^CREATE\s+(?:UNIQUE\s+)?INDEX\b/i;

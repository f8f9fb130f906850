import { ToolError } from "../../error.ts";
import type { Step } from "../../plan/plan.ts";
import type { VersionTable } from "../../plan/version_table.ts";
import type { Queryable } from "../../sql/statement.ts";
import { revisionOf } from "../explain/explain_failure.ts";
import { readRows } from "../read_heads.ts";

/** @throws {ToolError} `database/conflict` unless the version table has exactly the rows that are right after `step`. */
export async function expectArrival(
  session: Queryable,
  step: Step,
  table: VersionTable,
): Promise<void> {
  const rows = await readRows(session, table);
  if (rows.join() !== [...step.after].sort().join()) throw notArrived(step);
}

/** The rows were right before, and no other run can write meanwhile. */
export function notArrived(step: Step): ToolError {
  const revision = revisionOf(step);
  return new ToolError(
    "database/conflict",
    `Cannot record revision ${revision}: its own statements change the version table`,
    { revision, file: step.source?.file, hint: "Remove what changes it: migrate does that itself" },
  );
}

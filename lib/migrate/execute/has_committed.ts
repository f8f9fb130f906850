import { ToolError } from "../../error.ts";
import type { Step } from "../../plan/plan.ts";
import { readRows } from "../read_heads.ts";
import type { RunOptions } from "../run_options.ts";
import { VersionConflict } from "../version_conflict.ts";

/**
 * Returns whether `step` has committed although `error` came instead of the answer: a libSQL server
 * carries on with what it was sent when the client gives up, or when the answer is lost on its way.
 */
export async function hasCommitted(
  error: unknown,
  { before, after }: Step,
  { database: { connection }, versionTable, signal }: RunOptions,
): Promise<boolean> {
  const isLost = error instanceof ToolError && error.code === "database/unreachable";
  const mayHave = connection.kind === "libsql" && !(error instanceof VersionConflict) &&
    (isLost || signal?.aborted);
  if (!mayHave) return false;
  const rows = await readRows(connection, versionTable).catch(() => undefined);
  return rows !== undefined && rows.join() === [...after].sort().join() &&
    rows.join() !== [...before].sort().join();
}

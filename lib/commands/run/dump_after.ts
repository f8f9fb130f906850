import type { RunOutcome } from "../../migrate/run_progress.ts";
import { ToolError } from "../../error.ts";
import { committedBy, RunError } from "../../migrate/run_error.ts";
import type { Report } from "../../report/event.ts";
import { replaceFile } from "../../script/write/replace_file.ts";
import { dump } from "../dump.ts";
import type { Environment } from "../environment.ts";
import { shownPath } from "../views/revision_view.ts";

/**
 * Writes the schema to `path` after a run that has changed the database.
 *
 * @throws {RunError} If that fails. What the run has committed stays.
 */
export async function dumpAfter(
  outcome: RunOutcome,
  path: string,
  environment: Environment,
  report: Report,
): Promise<void> {
  try {
    const { sql } = await dump(environment);
    if (!replaceFile(path, sql)) return;
    report({
      kind: "notice",
      text: `Wrote the schema to ${shownPath(path, environment.context.cwd)}`,
    });
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    const hint = "The database itself is fine; write the file with: migrate dump";
    throw new RunError(
      new ToolError(error.code, error.message, { hint, ...error.facts }),
      committedBy(outcome),
    );
  }
}

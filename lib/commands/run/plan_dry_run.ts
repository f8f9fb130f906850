import { interruptedWork } from "../../migrate/journal/journal_state.ts";
import { refuseToPassBy, unfinishedWork } from "../../migrate/journal/unfinished_work.ts";
import type { PlanFrom } from "../../migrate/allowed_plan.ts";
import type { Plan } from "../../plan/plan.ts";
import type { Report } from "../../report/event.ts";
import type { RevisionId } from "../../revision/revision.ts";
import type { ScriptDirectory } from "../../script/script_directory.ts";
import type { OpenDatabase } from "../database/with_database.ts";
import type { Environment } from "../environment.ts";
import { describeInterrupted, interruptedView } from "../views/interrupted_view.ts";

/**
 * Returns the plan that a run would begin with, and warns of half-done work.
 *
 * @throws {ToolError} `resume/unfinished` if a run would be refused because of such work.
 */
export async function planDryRun(
  planFrom: PlanFrom,
  heads: readonly RevisionId[],
  { open, environment: { config, context }, directory, report }: {
    readonly open: OpenDatabase;
    readonly environment: Environment;
    readonly directory: ScriptDirectory;
    readonly report: Report;
  },
): Promise<Plan> {
  const { dialect, database: { connection } } = open;
  const { versionTable } = config;
  const { map } = directory;
  const found = await interruptedWork(connection, { dialect, versionTable });
  const unfinished = unfinishedWork(found, { map, heads });
  for (const it of unfinished) {
    const message = describeInterrupted(interruptedView(it, directory, context.cwd));
    report({ kind: "warned", message });
  }
  const plan = await planFrom(heads, unfinished);
  refuseToPassBy(unfinished, plan, map);
  return plan;
}

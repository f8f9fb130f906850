import { ToolError } from "../error.ts";
import { acceptScript } from "../migrate/history/accept_script.ts";
import { readHeads } from "../migrate/read_heads.ts";
import { ensureTables } from "../migrate/run.ts";
import { acquireRunLock } from "../migrate/lock/acquire_run_lock.ts";
import type { Report } from "../report/event.ts";
import { resolveRevisions } from "../revision/resolve.ts";
import { parseTarget } from "../revision/target.ts";
import { openScriptDirectory } from "../script/script_directory.ts";
import type { Environment } from "./environment.ts";
import type { MessageResult } from "./views/result.ts";
import { shownPath } from "./views/revision_view.ts";
import { runOptions } from "./run/run_options.ts";
import { withDatabase } from "./database/with_database.ts";

/**
 * Accepts the present file of an applied revision as what was applied, and records who did so and
 * why. Nothing is recorded if the file is unchanged.
 */
export async function accept(
  environment: Environment,
  options: { readonly revision: string; readonly reason: string },
  report: Report = () => {},
): Promise<MessageResult> {
  const { config, context } = environment;
  const reason = options.reason.trim();
  if (reason === "") {
    throw new ToolError("usage", "Cannot accept a change without a reason", {
      hint: `Give one: migrate accept ${options.revision} --reason "…"`,
    });
  }
  if (!config.history) {
    throw new ToolError("usage", "Cannot accept a change: this project keeps no history", {
      hint: "Set history = true in the configuration",
    });
  }
  const directory = openScriptDirectory(config);
  const [revision, ...others] = resolveRevisions(directory.map, parseTarget(options.revision));
  if (revision === undefined || others.length > 0) {
    throw new ToolError(
      "usage",
      `Cannot accept "${options.revision}": it is not a single revision`,
      {
        hint: "Name a single revision",
      },
    );
  }
  const file = directory.file(revision.id);
  return await withDatabase(environment, { changes: true, report }, async (open) => {
    const run = await runOptions(environment, open, {}, report);
    const { connection } = open.database;
    const { heads } = await readHeads(connection, run.dialect.name, run.versionTable);
    if (!directory.map.ancestors(heads).has(revision.id)) {
      throw new ToolError(
        "revision/target",
        `Cannot accept ${revision.id}: it has not been applied`,
        { revision: revision.id, hint: "See what has been applied with: migrate status" },
      );
    }
    report({ kind: "connected", database: open.shown });
    await using lock = await acquireRunLock(run);
    await ensureTables(lock, run);
    const before = await acceptScript(file, reason, { lock, options: run, directory, heads });
    const words = {
      same:
        `Revision ${revision.id} has not changed since it was applied: there is nothing to accept`,
      unrecorded: `Accepted ${revision.id}, for which nothing had been recorded`,
      cosmetic: `Accepted ${revision.id}, in which only white space and comments had changed`,
      semantic: `Accepted ${revision.id}, which had changed after it was applied`,
    };
    return {
      kind: "message",
      changes: before !== "same",
      lines: [words[before]],
      json: {
        revision: revision.id,
        path: shownPath(file.path, context.cwd),
        was: before,
        accepted: before !== "same",
        reason,
      },
    };
  });
}

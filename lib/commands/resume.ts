import { ToolError } from "../error.ts";
import { Journal } from "../migrate/journal/journal.ts";
import {
  type Decision,
  type InterruptedWork,
  interruptedWork,
} from "../migrate/journal/journal_state.ts";
import { ensureTables } from "../migrate/run.ts";
import { acquireRunLock } from "../migrate/lock/acquire_run_lock.ts";
import type { RunOptions } from "../migrate/run_options.ts";
import { readHeads } from "../migrate/read_heads.ts";
import { unfinishedWork, waysOn } from "../migrate/journal/unfinished_work.ts";
import type { Report } from "../report/event.ts";
import { resolveRevisions } from "../revision/resolve.ts";
import type { Revision, RevisionId } from "../revision/revision.ts";
import { parseTarget } from "../revision/target.ts";
import { openScriptDirectory, type ScriptDirectory } from "../script/script_directory.ts";
import type { Environment } from "./environment.ts";
import { describeInterrupted, interruptedView } from "./views/interrupted_view.ts";
import type { MessageResult } from "./views/result.ts";
import { type RunCommandOptions, runOptions } from "./run/run_options.ts";
import { withDatabase } from "./database/with_database.ts";

/**
 * Settles what only a person can know about a half-done revision: whether the statement that was
 * running was done. Without a decision it reports what is in doubt. The decision is recorded; the
 * next upgrade or downgrade continues.
 */
export function resume(
  environment: Environment,
  options:
    & { readonly revision: string; readonly decision?: Decision | undefined }
    & RunCommandOptions,
  report: Report = () => {},
): Promise<MessageResult> {
  const directory = openScriptDirectory(environment.config);
  const { decision, lockWaitMilliseconds } = options;
  const ways = { changes: decision !== undefined, report, lockWaitMilliseconds };
  return withDatabase(environment, ways, async (open) => {
    report({ kind: "connected", database: open.shown });
    const run = await runOptions(environment, open, options, report);
    const read = () => workOn(options.revision, directory, run);
    if (decision === undefined) return shown((await read()).work, directory, environment);
    // No run may be at work on the revision while this is decided.
    await using lock = await acquireRunLock(run);
    const { work, heads } = await read();
    if (decision !== "restart" && !directory.map.has(work.revision)) {
      throw withoutFile(work, directory);
    }
    if (decision !== "restart" && work.inDoubt === undefined) {
      throw nothing(
        "none of its statements is in doubt",
        work,
        `"migrate ${work.direction}" continues by itself`,
      );
    }
    await ensureTables(lock, { ...run, history: true });
    const step = {
      move: { direction: work.direction, revision: named(work.revision) },
      before: heads,
    };
    const journal = await Journal.open(step, work.statements, { lock, options: run });
    await journal.note({ decision });
    return decided(decision, work, directory);
  });
}

function oneRevision({ map }: ScriptDirectory, text: string): RevisionId {
  const [revision, ...others] = resolveRevisions(map, parseTarget(text));
  if (revision !== undefined && others.length === 0) return revision.id;
  throw new ToolError("usage", `Cannot resume "${text}": it is not a single revision`, {
    hint: `Type "migrate current" to see which revision is half done`,
  });
}

/** Returns what the journal needs of a revision, which may have no file. */
function named(id: RevisionId): Revision {
  return { id, downRevisions: [], dependsOn: [], branchLabels: [], message: "" };
}

/**
 * Returns the half-done work that `text` names, and the heads of the database; the id itself names it,
 * even without a file.
 */
async function workOn(
  text: string,
  directory: ScriptDirectory,
  options: RunOptions,
): Promise<{ readonly work: InterruptedWork; readonly heads: readonly RevisionId[] }> {
  const { map } = directory;
  const { database: { connection }, dialect, versionTable } = options;
  const { heads } = await readHeads(connection, dialect.name, versionTable);
  const found = unfinishedWork(await interruptedWork(connection, options), { map, heads });
  const revision = found.some((it) => it.revision === text) ? text : oneRevision(directory, text);
  const work = found.find((it) => it.revision === revision);
  if (work !== undefined) return { work, heads };
  throw nothing(
    "it is not half done",
    { revision },
    'Type "migrate current" to see which revision is half done',
  );
}

function nothing(
  why: string,
  { revision }: Pick<InterruptedWork, "revision">,
  hint: string,
): ToolError {
  return new ToolError("resume/nothing", `Cannot resume ${revision}: ${why}`, { revision, hint });
}

/** A statement that counts as done, or is to run again, is found in the file. */
function withoutFile(work: InterruptedWork, { map }: ScriptDirectory): ToolError {
  const { revision } = work;
  return new ToolError(
    "resume/changed",
    `Cannot continue revision ${revision}, which is half done: it has no file`,
    { revision, hint: waysOn(work, map) },
  );
}

function shown(
  work: InterruptedWork,
  directory: ScriptDirectory,
  { context }: Environment,
): MessageResult {
  const view = interruptedView(work, directory, context.cwd);
  const { revision, direction } = work;
  const again = work.inDoubt
    ? `If it was done, type "migrate resume ${revision} --done"; if not, "migrate resume ${revision} --again"`
    : `"migrate ${direction}" continues after it`;
  return {
    kind: "message",
    lines: [
      `${describeInterrupted(view)} (by ${work.osUser} at ${work.host}, ${work.at})`,
      ...work.inDoubt?.sql.split("\n").map((it) => `  ${it}`) ?? [],
      directory.map.has(revision) ? again : waysOn(work, directory.map),
    ],
    json: { interrupted: [view] },
  };
}

function decided(
  decision: Decision,
  { revision, direction, digests }: InterruptedWork,
  { map }: ScriptDirectory,
): MessageResult {
  const number = digests.length + 1;
  const continues = map.has(revision) ? `: "migrate ${direction}" continues` : "";
  const how = {
    done: `Statement ${number} of ${revision} counts as done`,
    again: `Statement ${number} of ${revision} will run again`,
    restart: map.has(revision)
      ? `All statements of ${revision} will run again`
      : `The ${direction} of ${revision} is no longer half done`,
  }[decision];
  return {
    kind: "message",
    changes: true,
    lines: [how + continues],
    json: { revision, direction, decision },
  };
}

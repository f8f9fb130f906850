import type { RevisionId } from "../../revision/revision.ts";
import { lineDigests } from "../../script/checksum/changed_lines.ts";
import { checksum, type Verdict, verdict } from "../../script/checksum/checksum.ts";
import type { ScriptDirectory } from "../../script/script_directory.ts";
import type { ScriptFile } from "../../script/script_file.ts";
import { sourcesOf } from "../../script/checksum/sources.ts";
import { insertHistory } from "./history.ts";
import { lockedTransaction } from "../lock/locked_transaction.ts";
import { readRecordedScripts } from "./read_history.ts";
import type { RunLock } from "../lock/run_lock.ts";
import type { RunOptions } from "../run_options.ts";
import { compareEach, sourcesAt } from "./script_drift.ts";

/**
 * Records the present text of `file` as what was applied, with the `reason`, and returns how it
 * differed; nothing is recorded if it did not.
 */
export async function acceptScript(
  file: ScriptFile,
  reason: string,
  { lock, options, directory, heads }: {
    readonly lock: RunLock;
    readonly options: RunOptions;
    readonly directory: ScriptDirectory;
    readonly heads: readonly RevisionId[];
  },
): Promise<Verdict | "unrecorded"> {
  const { database: { connection }, dialect: { name: dialect }, versionTable, runner } = options;
  const { revision: { id } } = file;
  const record = (await readRecordedScripts(connection, dialect, versionTable)).get(id);
  const before = record === undefined ? "unrecorded" : verdict(file, record.checksum, dialect);
  if (before === "same") return before;
  const drift = await compareEach({ connection, dialect, versionTable, directory, heads });
  const sources = sourcesOf(file, { grammar: dialect });
  const isLast = drift.every((it) => it.file === file);
  const row = insertHistory(versionTable, dialect, runner, [{
    revision: id,
    direction: "accept",
    outcome: "done",
    started: options.now(),
    milliseconds: 0,
    statementsDone: 0,
    statements: 0,
    checksum: checksum(file, sources),
    lines: lineDigests(sources),
    sources: isLast ? sourcesAt(directory, heads) : undefined,
    error: undefined,
    reason,
  }]);
  await lockedTransaction(lock, options, async (session) => void await session.send([row]));
  return before;
}

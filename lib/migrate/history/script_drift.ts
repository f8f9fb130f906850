import type { DialectName } from "../../dialect/dialect.ts";
import { ToolError } from "../../error.ts";
import type { VersionTable } from "../../plan/version_table.ts";
import type { Report } from "../../report/event.ts";
import { isAtHeads } from "../../revision/current.ts";
import type { RevisionId } from "../../revision/revision.ts";
import {
  type ChangedLines,
  changedLines,
  describeChange,
} from "../../script/checksum/changed_lines.ts";
import { algorithmOf, type Verdict, verdict } from "../../script/checksum/checksum.ts";
import type { ScriptDirectory } from "../../script/script_directory.ts";
import type { ScriptFile } from "../../script/script_file.ts";
import { sourcesOf } from "../../script/checksum/sources.ts";
import { sourcesDigest } from "../../script/checksum/sources_digest.ts";
import type { Queryable } from "../../sql/statement.ts";
import {
  readLastDigest,
  readLineDigests,
  readRecordedScripts,
  type RecordedScript,
} from "./read_history.ts";

/** An applied revision whose file differs from what was recorded when it was applied. */
export interface ScriptDrift {
  readonly file: ScriptFile;
  readonly verdict: Exclude<Verdict, "same">;
  /** Absent: it cannot be told. */
  readonly changed?: ChangedLines | undefined;
}

/** What {@linkcode readDrift} needs. */
export interface DriftInput {
  readonly connection: Queryable;
  readonly dialect: DialectName;
  readonly versionTable: VersionTable;
  readonly directory: ScriptDirectory;
  /** The contents of the version table. */
  readonly heads: readonly RevisionId[];
}

/**
 * Returns the applied revisions whose files differ from what was recorded, in load order. A
 * revision that never ran here, but was stamped or applied by another tool, has nothing to be
 * compared with.
 *
 * Usually nothing has changed since the last run, which a digest of all files tells; only if that
 * differs is each file compared.
 */
export async function readDrift(input: DriftInput): Promise<readonly ScriptDrift[]> {
  const { connection, versionTable, heads } = input;
  if (heads.length === 0) return [];
  const digest = await readLastDigest(connection, versionTable);
  if (digest !== undefined && digest === sourcesAt(input.directory, heads)) return [];
  return await compareEach(input);
}

/** Returns the digest of all files that are applied at `heads`; rows without a file are ignored. */
export function sourcesAt(
  { map, file }: ScriptDirectory,
  heads: readonly RevisionId[],
): string {
  // Usually all of them are applied, and walking the graph takes longer than this check.
  const ids = isAtHeads(map, heads)
    ? map.revisions.map((it) => it.id)
    : map.inLoadOrder(map.ancestors(heads));
  return sourcesDigest(ids.map(file));
}

/** Returns the same as `readDrift`, by comparing every file. */
export async function compareEach(input: DriftInput): Promise<readonly ScriptDrift[]> {
  const { connection, dialect, versionTable, directory, heads } = input;
  const recorded = await readRecordedScripts(connection, dialect, versionTable);
  const found: (Pick<ScriptDrift, "file" | "verdict"> & { readonly record: RecordedScript })[] = [];
  for (const id of directory.map.inLoadOrder(directory.map.ancestors(heads))) {
    const record = recorded.get(id);
    if (record === undefined) continue;
    const file = directory.file(id);
    const judged = verdict(file, record.checksum, dialect);
    if (judged !== "same") found.push({ file, verdict: judged, record });
  }
  const semantic = found.filter((it) => it.verdict === "semantic").map((it) => it.record.id);
  const lines = await readLineDigests(connection, dialect, versionTable, semantic);
  return found.map(({ file, verdict, record }) => {
    const before = lines.get(record.id);
    if (before === undefined) return { file, verdict };
    const sources = sourcesOf(file, { grammar: dialect, algorithm: algorithmOf(record.checksum) });
    return { file, verdict, changed: changedLines(sources, before) };
  });
}

/**
 * Reports changes to white space and comments alone; warns of any other change if `refuse` is
 * false.
 *
 * @throws {ToolError} `script/changed` if anything else was changed, and `refuse` is true.
 */
export function tellDrift(
  drift: readonly ScriptDrift[],
  { refuse, report }: { readonly refuse: boolean; readonly report: Report },
): void {
  const semantic = drift.filter((it) => it.verdict === "semantic");
  const [first] = semantic;
  if (first !== undefined) {
    const error = changedError(first, semantic.length - 1);
    if (refuse) throw error;
    report({ kind: "warned", message: error.message });
  }
  const ids = drift.filter((it) => it.verdict === "cosmetic").map((it) => it.file.revision.id);
  if (ids.length === 0) return;
  const more = ids.length > 3 ? ` and ${ids.length - 3} more` : "";
  const since = ids.length === 1 ? "since it was applied" : "since they were applied";
  const message = `Only white space and comments in ${
    ids.slice(0, 3).join(", ")
  }${more} have changed ${since}`;
  report({ kind: "noted", message });
}

function changedError({ file, changed }: ScriptDrift, others: number): ToolError {
  const { id } = file.revision;
  const also = others === 0
    ? ""
    : `, and so ${others === 1 ? "was 1 more" : `were ${others} more`}`;
  const told = changed === undefined ? "" : `: ${describeDrift(file, changed)}`;
  return new ToolError(
    "script/changed",
    `Revision ${id} was changed after it was applied${told}${also}`,
    {
      revision: id,
      file: changed?.file ?? file.path,
      line: changed && Math.min(changed.first, Math.max(changed.last, 1)),
      detail: changed && excerpt(changed.text),
      hint:
        `Restore what was applied, and put the change into a new revision; or, if the database already has it, or only the downgrade was changed, type ` +
        `"migrate accept ${id} --reason TEXT"`,
    },
  );
}

/** Describes which lines of the file, or of one that it imports, have changed. */
export function describeDrift({ path }: ScriptFile, changed: ChangedLines): string {
  const lines = describeChange(changed);
  return changed.file === path ? lines : `in a file that it imports, ${lines}`;
}

const mostLines = 5;

function excerpt(text: string): string {
  const lines = text.split("\n").map((it) => it.trimEnd());
  const shown = lines.slice(0, mostLines).map((it) => `  ${it.slice(0, 120)}`.trimEnd());
  return [...shown, ...lines.length > mostLines ? ["  …"] : []].join("\n");
}

import { resolve } from "node:path";
import { draftRevision } from "../revision/draft.ts";
import type { Revision } from "../revision/revision.ts";
import { openScriptDirectory, type ScriptDirectory } from "../script/script_directory.ts";
import type { ScriptFormat } from "../script/script_file.ts";
import type { Environment } from "./environment.ts";
import type { WrittenResult } from "./views/result.ts";
import { writeDraft } from "./write_draft.ts";

/** What a new revision should be. Every field is optional. */
export interface RevisionOptions {
  readonly message?: string | undefined;
  /** Its down revisions; default `head`. `base` makes a new root, `heads` a merge. */
  readonly head?: readonly string[];
  /** Allow a down revision that is not a head. */
  readonly splice?: boolean;
  readonly branchLabel?: string | undefined;
  readonly versionPath?: string | undefined;
  /** Default: twelve random hex digits. */
  readonly revId?: string | undefined;
  readonly dependsOn?: readonly string[];
  readonly format?: ScriptFormat | undefined;
}

/** Writes a new revision file. Nothing is written that would not fit the graph. */
export async function revision(
  environment: Environment,
  options: RevisionOptions = {},
): Promise<WrittenResult> {
  const directory = openScriptDirectory(environment.config);
  const drafted = draft(environment, directory, options);
  return await writeDraft(environment, directory, drafted, placement(environment, options));
}

/**
 * Returns the revision to be written.
 *
 * @throws {ToolError} If it would not fit the graph.
 */
export function draft(
  { context }: Environment,
  { map }: ScriptDirectory,
  options: RevisionOptions,
): Revision {
  return draftRevision(map, {
    id: options.revId ?? context.newRevisionId(),
    message: options.message ?? "",
    ...(options.head && options.head.length > 0 && { head: options.head }),
    splice: options.splice ?? false,
    branchLabels: options.branchLabel === undefined ? [] : [options.branchLabel],
    dependsOn: options.dependsOn ?? [],
  }).revision;
}

/** Returns where and in which language a revision is written. */
export function placement(
  { context }: Environment,
  { format, versionPath }: RevisionOptions,
): { readonly format: ScriptFormat | undefined; readonly versionPath: string | undefined } {
  return {
    format,
    versionPath: versionPath === undefined ? undefined : resolve(context.cwd, versionPath),
  };
}

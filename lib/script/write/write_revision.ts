import { basename, join, relative, sep } from "node:path";
import { ToolError } from "../../error.ts";
import { fileName, type FileNaming } from "./file_name.ts";
import { isScriptName } from "../list_scripts.ts";
import { parseScript } from "../read_script.ts";
import { revisionText } from "./revision_text.ts";
import type { ScriptDirectory } from "../script_directory.ts";
import type { ScriptFile } from "../script_file.ts";
import { revisionTemplate } from "./script_templates.ts";
import type { RevisionDraft } from "./template_values.ts";
import { versionPath } from "./version_path.ts";
import { formatWallClock, wallClock } from "./wall_clock.ts";
import { writeNewFile } from "./write_new_file.ts";

/** How and when a revision is written. */
export interface WriteRevisionOptions {
  readonly naming: FileNaming & { readonly timezone?: string | undefined };
  readonly now: Date;
  /** The version location, absolute; without it, see {@linkcode versionPath}. */
  readonly versionPath?: string | undefined;
}

/**
 * Writes a new revision file from the project's template, and returns it as parsed back. Nothing is
 * written unless it can be parsed, and no file is overwritten.
 *
 * @throws {ToolError} `revision/draft` or `script/exists`; the script directory is unchanged then.
 */
export function writeRevision(
  directory: ScriptDirectory,
  draft: RevisionDraft,
  { naming, now, versionPath: asked }: WriteRevisionOptions,
): ScriptFile {
  const { revision, format } = draft;
  const { scriptDirectory, recursive } = directory.locations;
  const location = versionPath(directory, revision.downRevisions, asked);
  const clock = wallClock(now, naming.timezone);
  const path = join(location, `${fileName(naming, revision, clock)}.${format}`);
  checkName(relative(location, path), recursive);
  const text = revisionText(draft, revisionTemplate(scriptDirectory, format), {
    path,
    createDate: formatWallClock(clock),
  });
  writeNewFile(path, text);
  return parseScript(text, path);
}

/** A file that would not be listed must not be written. */
function checkName(name: string, recursive: boolean): void {
  const folders = name.split(sep).slice(0, -1);
  const found =
    !isScriptName(basename(name)) || folders.some((it) => /^[._]|^node_modules$/.test(it))
      ? "nothing in it may begin with a . or a _"
      : folders.length > 0 && !recursive
      ? "it has a folder in it, but recursive_version_locations is not set"
      : undefined;
  if (found === undefined) return;
  throw new ToolError("revision/draft", `Cannot write a revision to "${name}": ${found}`, {
    hint: "Use another message or revision id, or change file_template",
  });
}

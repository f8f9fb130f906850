import { hookCommand } from "../config/post_write_hook.ts";
import { ToolError } from "../error.ts";
import type { Revision } from "../revision/revision.ts";
import { openScriptDirectory, type ScriptDirectory } from "../script/script_directory.ts";
import type { ScriptFormat } from "../script/script_file.ts";
import type { RevisionContent } from "../script/write/template_values.ts";
import { writeRevision } from "../script/write/write_revision.ts";
import type { Environment } from "./environment.ts";
import type { WrittenResult } from "./views/result.ts";
import { revisionView } from "./views/revision_view.ts";

/** Writes the file of `revision`, runs the project's hooks on it, and returns it as read back. */
export async function writeDraft(
  { config, context }: Environment,
  directory: ScriptDirectory,
  revision: Revision,
  options: {
    readonly format?: ScriptFormat | undefined;
    readonly versionPath?: string | undefined;
    readonly content?: RevisionContent;
  },
): Promise<WrittenResult> {
  const { path } = writeRevision(
    directory,
    { revision, format: options.format ?? config.revisionFormat, content: options.content },
    { naming: config, now: context.now(), versionPath: options.versionPath },
  );
  for (const hook of config.postWriteHooks) {
    const status = await context.run(hookCommand(hook, path), { cwd: hook.cwd })
      .catch((cause: unknown) => {
        const why = cause instanceof Error ? cause.message : String(cause);
        return `it cannot be started from ${hook.cwd}: ${why}`;
      });
    if (status === 0) continue;
    const found = typeof status === "number" ? `it exited with status ${status}` : status;
    throw new ToolError(
      "script/failed",
      `Cannot finish the post-write hook "${hook.name}": ${found}`,
      {
        revision: revision.id,
        file: path,
        hint: "The revision file has been written; run the hook by hand once it works",
      },
    );
  }
  return {
    kind: "written",
    revisions: [revisionView(revision.id, openScriptDirectory(config), context.cwd)],
  };
}

import type { Context } from "../config/context.ts";
import { ToolError } from "../error.ts";
import { openScriptDirectory } from "../script/script_directory.ts";
import type { Environment } from "./environment.ts";
import type { MessageResult } from "./views/result.ts";
import { shownPath } from "./views/revision_view.ts";
import { selectRevisions } from "./select_revisions.ts";

/** Opens the file of a revision in the user's editor, and waits for it to close. */
export async function edit(
  environment: Environment,
  options: { readonly revision: string },
): Promise<MessageResult> {
  const { context, config } = environment;
  const directory = openScriptDirectory(config);
  const { ids } = await selectRevisions(environment, directory, options.revision);
  if (ids.length === 0) {
    throw new ToolError(
      "revision/unknown",
      options.revision === "current"
        ? "No current revisions"
        : `No revision files indicated by symbol '${options.revision}'`,
      { hint: `List them with "migrate history"` },
    );
  }
  const paths = ids.map((id) => directory.file(id).path);
  const editor = context.env["VISUAL"] || context.env["EDITOR"];
  const status = editor
    // As in git: the variable may contain arguments, so a shell parses it.
    ? await context.run(["/bin/sh", "-c", `${editor} "$@"`, editor, ...paths])
    : await firstThatStarts(context.run, ["sensible-editor", "editor", "nano", "vim", "vi"], paths);
  if (status !== 0) {
    throw new ToolError(
      "script/failed",
      `Cannot edit the revision: the editor exited with status ${status}`,
      {
        hint: "Set VISUAL or EDITOR to the editor that you want",
      },
    );
  }
  return {
    kind: "message",
    lines: [],
    json: { paths: paths.map((it) => shownPath(it, context.cwd)) },
  };
}

async function firstThatStarts(
  run: Context["run"],
  editors: readonly string[],
  paths: readonly string[],
): Promise<number> {
  for (const editor of editors) {
    const status = await run([editor, ...paths]).catch(() => undefined);
    if (status !== undefined) return status;
  }
  throw new ToolError("script/failed", "Cannot edit the revision: no suitable editor found", {
    hint: "Set the EDITOR or VISUAL environment variable",
  });
}

import { resolve } from "node:path";
import type { Context } from "../config/context.ts";
import { configName, namedConfig } from "../config/find_config.ts";
import { initDirectory, type InitStep } from "../script/write/init_directory.ts";
import { ToolError } from "../error.ts";
import type { MessageResult } from "./views/result.ts";
import { shownPath } from "./views/revision_view.ts";

/**
 * Sets up a script directory in `directory`, and the configuration file `config`, by default
 * `migrate.toml` in the working directory.
 */
export function init(
  { cwd, env }: Context,
  options: {
    readonly directory: string;
    readonly template?: string | undefined;
    readonly config?: string | undefined;
  },
): MessageResult {
  if (/^[\w+]+:\/\//.test(options.directory)) {
    throw new ToolError("usage", "Cannot name a directory like a database URL", {
      hint: 'Type "migrate init"; the URL is database_url in the configuration, or DATABASE_URL',
    });
  }
  const configPath = namedConfig(cwd, options.config ?? (env["MIGRATE_CONFIG"] || configName));
  const paths = { scriptDirectory: resolve(cwd, options.directory), configPath };
  const steps = initDirectory(paths, options.template ?? "generic");
  const shown = (it: Pick<InitStep, "path">) => shownPath(it.path, cwd);
  return {
    kind: "message",
    changes: true,
    lines: [
      ...steps.map((it) => told(it.kind, shown(it))),
      env["DATABASE_URL"]
        ? `The database is the one in DATABASE_URL, which overrides database_url in ${
          shown({ path: configPath })
        }.`
        : `Please edit the database_url in ${shown({ path: configPath })} before proceeding.`,
    ],
    json: { files: steps.filter((it) => it.kind === "file").map(shown) },
  };
}

function told(kind: InitStep["kind"], path: string): string {
  switch (kind) {
    case "folder":
      return `Creating directory ${path} ...  done`;
    case "file":
      return `Generating ${path} ...  done`;
    case "kept":
      return `File ${path} already exists, skipping`;
  }
}

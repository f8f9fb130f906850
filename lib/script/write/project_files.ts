import { dirname, join, relative, sep } from "node:path";
import types from "../../../templates/migrate.d.ts.template" with { type: "text" };
import configuration from "../../../templates/migrate.toml.template" with { type: "text" };
import readme from "../../../templates/README.md.template" with { type: "text" };
import tsconfig from "../../../templates/tsconfig.json.template" with { type: "text" };
import { renderTemplate } from "./render_template.ts";
import type { ScriptFormat } from "../script_file.ts";
import { revisionTemplates, templateName } from "./script_templates.ts";

/** Where a new project's files go. Both are absolute. */
export interface ProjectPaths {
  readonly scriptDirectory: string;
  readonly configPath: string;
}

/** Returns the files of a new script directory, by their absolute paths. */
export function scriptDirectoryFiles(
  { scriptDirectory }: ProjectPaths,
  format: ScriptFormat,
): ReadonlyMap<string, string> {
  const files: readonly (readonly [string, string])[] = [
    ["README.md", readme],
    [templateName(format), revisionTemplates[format]],
    ...format === "sql" ? [] : [
      [templateName("sql"), revisionTemplates.sql],
      ["migrate.d.ts", types],
      ["tsconfig.json", tsconfig],
    ] as const,
  ];
  return new Map(files.map(([name, text]) => [join(scriptDirectory, name), text]));
}

/** Returns the text of a new project's configuration. */
export function configurationText(
  { scriptDirectory, configPath }: ProjectPaths,
  format: ScriptFormat,
): string {
  const location = relative(dirname(configPath), scriptDirectory).split(sep).join("/");
  return renderTemplate({ text: configuration, name: "migrate.toml" }, {
    scriptLocation: JSON.stringify(location === "" ? "." : location),
    revisionFormat: JSON.stringify(format),
  });
}

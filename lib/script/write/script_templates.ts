import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import js from "../../../templates/revision.js.template" with { type: "text" };
import sql from "../../../templates/revision.sql.template" with { type: "text" };
import ts from "../../../templates/revision.ts.template" with { type: "text" };
import { readText } from "../read_text.ts";
import type { Template } from "./render_template.ts";
import type { ScriptFormat } from "../script_file.ts";

/** The default templates of new revisions. */
export const revisionTemplates: Readonly<Record<ScriptFormat, string>> = { ts, js, sql };

/** Returns the name of a format's template in the script directory. */
export function templateName(format: ScriptFormat): string {
  return `revision.${format}.template`;
}

/** Returns the template of new revisions in `format`: the project's own, if it has one. */
export function revisionTemplate(scriptDirectory: string, format: ScriptFormat): Template {
  const path = join(scriptDirectory, templateName(format));
  const text = existsSync(path) ? readText(path) : revisionTemplates[format];
  return { text, name: basename(path) };
}

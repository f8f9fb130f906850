import { firstLine } from "./comment_lines.ts";
import { moduleConstants } from "./module_constants.ts";
import type { ScriptFile } from "../script_file.ts";
import { type ModuleHeader, usualHeader } from "./usual_header.ts";

/**
 * Returns the header of the module `source`: its exported constants, which must be literals, and
 * the comment at its top, whose first line is the message. The module is not run.
 *
 * @throws {ToolError} `script/header`, with the line.
 */
export function parseModuleHeader(source: string, path: string): ScriptFile {
  const { id, downRevisions, dependsOn, branchLabels, transactional, timeouts, comment } =
    usualHeader(source) ?? unusualHeader(source, path);
  const message = firstLine(comment, path);
  return {
    revision: { id, downRevisions, dependsOn, branchLabels, message, path },
    path,
    format: path.endsWith(".ts") ? "ts" : "js",
    transactional,
    ...(timeouts && { timeouts }),
    comment,
  };
}

/** Directives to tools in the first lines are not the message. */
const directive = String
  .raw`\s*\/\/[\/ ]*(?:@ts-|deno-|eslint|biome-|prettier-|<reference)[^\n]*\n`;
const leadingComment = new RegExp(
  String.raw`^(?:#![^\n]*\n)?(?:${directive})*\s*(\/\*[^]*?\*\/|(?:[ \t]*\/\/[^\n]*(?:\n|$))+)`,
);

function unusualHeader(source: string, path: string): ModuleHeader {
  const [, comment = ""] = leadingComment.exec(source) ?? [];
  return { ...moduleConstants(source, path), comment };
}

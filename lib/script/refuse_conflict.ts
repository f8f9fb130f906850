import { basename } from "node:path";
import { ToolError } from "../error.ts";

/**
 * Refuses `text`, read from `path`, if it has both sides of a merge conflict: whatever reads it next would
 * only complain about the marks.
 *
 * @throws {ToolError} `script/syntax`, with the line.
 */
export function refuseConflict(text: string, path: string): void {
  if (!text.includes("<<<<<<< ")) return;
  const at = text.search(/^<{7} .*\n(?:[^]*\n)?={7}\r?\n(?:[^]*\n)?>{7} /m);
  if (at < 0) return;
  throw new ToolError(
    "script/syntax",
    `Cannot read "${basename(path)}": it has an unresolved merge conflict`,
    {
      file: path,
      line: text.slice(0, at).split("\n").length,
      hint: "Merge the two sides, and delete the lines with <<<<<<<, ======= and >>>>>>>",
    },
  );
}

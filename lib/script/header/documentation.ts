import { basename } from "node:path";
import { commentLines } from "./comment_lines.ts";
import type { ScriptFile } from "../script_file.ts";
import { isHeaderLine } from "./sql_header_lines.ts";

/** Returns the whole documentation of `file`, its message first. */
export function documentation({ path, format, revision, comment }: ScriptFile): string {
  const lines = commentLines(comment).filter((it) => it !== basename(path));
  if (format !== "sql") return lines.join("\n").trim();
  const words = lines.filter((it) => !isHeaderLine(it)).join("\n").trim();
  return words.startsWith(revision.message) ? words : `${revision.message}\n\n${words}`.trim();
}

/** Returns when `file` was created, according to its own comment. */
export function createDate({ comment }: ScriptFile): string | undefined {
  return /^[\s*/-]*(?:Create Date|create_date):[ \t]*(\S.*?)\s*$/m.exec(comment)?.[1];
}

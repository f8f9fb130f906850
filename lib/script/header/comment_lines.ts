import { sep } from "node:path";

/**
 * Returns the lines of `comment`, one or more comments of TypeScript or SQL, without their markers
 * and surrounding space.
 */
export function commentLines(comment: string): readonly string[] {
  return comment.split("\n").map(plainLine);
}

/**
 * Returns the first line of `comment`, at the top of the file at `path`, that is neither empty nor
 * just the file's name. Empty if there is none.
 */
export function firstLine(comment: string, path: string): string {
  const speaks = (line: string) => line !== "" && !path.endsWith(sep + line);
  const [, first = ""] = opening.exec(comment) ?? [];
  return speaks(first) ? first : commentLines(comment).find(speaks) ?? "";
}

/**
 * The first line of nearly all comments; it contains nothing that {@linkcode plainLine} would
 * change.
 */
const opening = /^(?:\/\*\*?|\/\/|--)[ \t]*(?:\n[ \t]*\*[ \t]+)*([^\s*][^*\n]*[^\s*])[ \t\r]*\n/;

function plainLine(line: string): string {
  const text = line.trim().replace(/^(?:\/\*\*?|\*(?!\/)|\/\/|--)/, "").trim();
  return text.includes("*") ? text.replace(/\s*\*\/$/, "").replaceAll("*\\/", "*/") : text;
}

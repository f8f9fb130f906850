import type { Lexis } from "./lexis.ts";
import { cannotRead } from "./script_error.ts";
import type { Pieces, ScriptPiece } from "./script_piece.ts";
import type { ScriptWindow } from "./script_window.ts";

export type Section = Extract<ScriptPiece, { kind: "section" }>;

/**
 * Moves to the line break that ends a `--` comment. Returns the section that the comment begins, if
 * any.
 */
export function* passLineComment(window: ScriptWindow, lexis: Lexis): Pieces<Section | undefined> {
  let section: Section | undefined;
  if (window.startsLine(window.at)) {
    while (!window.ended && !/[\n\r]/.test(opening(window)) && opening(window).length < longest) {
      yield;
    }
    section = parseSection(opening(window), window.lineAt(window.at));
  }
  for (;;) {
    lexis.lineEnd.lastIndex = window.at;
    const found = lexis.lineEnd.test(window.text);
    window.at = found ? lexis.lineEnd.lastIndex - 1 : window.text.length;
    if (found || window.ended) return section;
    yield;
  }
}

/** How much of a comment to look at: enough to recognize a section marker, which is short. */
const longest = 64;

function opening(window: ScriptWindow): string {
  return window.text.slice(window.at, window.at + longest);
}

function parseSection(comment: string, line: number): Section | undefined {
  const found = /^--[ \t]*migrate:(up|down)\b([^\n\r]*)/i.exec(comment);
  if (found === null) return undefined;
  const [, direction = "", rest = ""] = found;
  if (rest.trim() !== "") {
    throw cannotRead(
      `"${rest.trim()}" follows "migrate:${direction}" on line ${line}`,
      line,
      "Write options into the file's header, such as `-- transaction: false`",
    );
  }
  return { kind: "section", direction: direction.toLowerCase() === "up" ? "up" : "down", line };
}

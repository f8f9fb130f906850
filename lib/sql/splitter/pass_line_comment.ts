import { commentOpening } from "./comment_opening.ts";
import type { Lexis } from "./lexis.ts";
import { refuseMistyped } from "./mistyped_marker.ts";
import { cannotRead } from "./script_error.ts";
import type { Pieces, Section } from "./script_piece.ts";
import type { ScriptWindow } from "./script_window.ts";

/**
 * Moves to the line break that ends a `--` comment. Returns the section that the comment begins, if
 * any.
 *
 * @param within The section that the comment stands in, if it does not stand inside a statement: there, a
 * mistyped marker is refused.
 */
export function* passLineComment(
  window: ScriptWindow,
  lexis: Lexis,
  within?: Section["direction"],
): Pieces<Section | undefined> {
  let section: Section | undefined;
  if (window.startsLine(window.at)) {
    const comment = yield* commentOpening(window, "\n", "\r");
    const line = window.lineAt(window.at);
    section = parseSection(comment, line);
    if (section === undefined) refuseMistyped(comment, line, within);
  }
  for (;;) {
    lexis.lineEnd.lastIndex = window.at;
    const found = lexis.lineEnd.test(window.text);
    window.at = found ? lexis.lineEnd.lastIndex - 1 : window.text.length;
    if (found || window.ended) return section;
    yield;
  }
}

function parseSection(comment: string, line: number): Section | undefined {
  const found = /^--[ \t]*migrate:(up|down)\b(.*)/is.exec(comment);
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

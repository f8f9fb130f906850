import { commentOpening } from "./comment_opening.ts";
import type { Lexis } from "./lexis.ts";
import { refuseMistyped } from "./mistyped_marker.ts";
import { passEnclosure } from "./pass_enclosure.ts";
import type { Pieces, Section } from "./script_piece.ts";
import type { ScriptWindow } from "./script_window.ts";

/**
 * Moves past a block comment between statements.
 *
 * @param within The section that it stands in: a mistyped marker is refused.
 */
export function* passBlockComment(
  window: ScriptWindow,
  lexis: Lexis,
  within: Section["direction"] | undefined,
): Pieces {
  if (window.startsLine(window.at)) {
    const comment = yield* commentOpening(window, "*/");
    refuseMistyped(`${comment}*/`, window.lineAt(window.at), within);
  }
  yield* passEnclosure(window, lexis.blockComment(), window.at + 2);
}

import type { Pieces } from "./script_piece.ts";
import type { ScriptWindow } from "./script_window.ts";

/** No section marker is as long as this. */
export const longest = 128;

/**
 * Returns the comment at which the window stands, up to the first of `ends`; of a long one, the first
 * `longest` characters.
 */
export function* commentOpening(
  window: ScriptWindow,
  ...ends: readonly string[]
): Pieces<string> {
  for (;;) {
    const text = window.text.slice(window.at, window.at + longest);
    const found = ends.map((it) => text.indexOf(it)).filter((it) => it >= 0);
    if (found.length > 0) return text.slice(0, Math.min(...found));
    if (window.ended || text.length === longest) return text;
    yield;
  }
}

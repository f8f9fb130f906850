import type { Enclosure } from "./enclosure.ts";
import { cannotRead } from "./script_error.ts";
import type { Pieces } from "./script_piece.ts";
import type { ScriptWindow } from "./script_window.ts";

/** Moves the window past `enclosure`, at whose opening it stands. */
export function* passEnclosure(
  window: ScriptWindow,
  enclosure: Enclosure,
  inside: number,
): Pieces {
  const line = window.lineAt(window.at);
  let from = inside;
  for (;;) {
    const closing = enclosure.close(window.text, from, window.ended);
    if ("end" in closing) {
      window.at = closing.end;
      return;
    }
    if (window.ended) throw neverEnds(enclosure.name, line);
    window.at = closing.resume;
    yield;
    from = window.at;
  }
}

function neverEnds(name: string, line: number): Error {
  return cannotRead(`the ${name} that begins on line ${line} never ends`, line);
}

import { cannotRead } from "./script_error.ts";
import type { Pieces } from "./script_piece.ts";
import type { ScriptWindow } from "./script_window.ts";

/** Reads the data of the COPY on `line`: from the line after its semicolon to a line with only `\.`. */
export function* readCopyData(window: ScriptWindow, line: number): Pieces {
  yield* passRestOfLine(window, line);
  let startsLine = true;
  for (;;) {
    const { text, at, ended } = window;
    const isLineStart = (position: number) =>
      position === at ? startsLine : text[position - 1] === "\n";
    const end = findEnd(text, at, ended, isLineStart);
    if (end === undefined && ended) throw neverEnds(line);
    const to = end?.at ?? perhapsEnd(text, isLineStart);
    if (to > at) yield { kind: "data", text: text.slice(at, to) };
    window.at = end?.behind ?? to;
    if (end !== undefined) break;
    startsLine = isLineStart(to);
    yield;
  }
  yield { kind: "copyEnd" };
}

function* passRestOfLine(window: ScriptWindow, line: number): Pieces {
  while (!window.ended && !window.text.includes("\n", window.at)) yield;
  const [rest = ""] = window.text.slice(window.at).split("\n", 1);
  if (!/^[ \t\f\v\r]*(?:--[^]*)?$/.test(rest)) {
    throw cannotRead(`"${rest.trim()}" follows COPY … FROM STDIN on its line`, line);
  }
  window.at += rest.length;
  if (window.at === window.text.length) throw neverEnds(line);
  window.at += 1;
}

function findEnd(
  text: string,
  from: number,
  ended: boolean,
  isLineStart: (position: number) => boolean,
): { readonly at: number; readonly behind: number } | undefined {
  for (let at = text.indexOf("\\.", from); at >= 0; at = text.indexOf("\\.", at + 2)) {
    if (!isLineStart(at)) continue;
    const lineBreak = text[at + 2] === "\r" ? at + 3 : at + 2;
    if (text[lineBreak] === "\n") return { at, behind: lineBreak + 1 };
    if (ended && lineBreak === text.length) return { at, behind: lineBreak };
  }
  return undefined;
}

/**
 * Returns where a closing line begins that the end of `text` may have cut off; if there is none, the
 * end of `text`.
 */
function perhapsEnd(text: string, isLineStart: (position: number) => boolean): number {
  const cut = ["\\.\r", "\\.", "\\"].find((it) =>
    text.endsWith(it) && isLineStart(text.length - it.length)
  );
  return text.length - (cut?.length ?? 0);
}

function neverEnds(line: number): Error {
  return cannotRead(
    `the data of the COPY on line ${line} never ends`,
    line,
    "End the data with a line that has only `\\.`",
  );
}

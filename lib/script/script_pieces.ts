import type { ScriptGrammar, ScriptPiece } from "../sql/splitter/script_piece.ts";
import { splitText } from "../sql/splitter/split_text.ts";
import { readText } from "./read_text.ts";
import { refuseConflict } from "./refuse_conflict.ts";
import type { ScriptFile } from "./script_file.ts";

/** The last result: a file's checksum is computed right after it is loaded. */
let last: {
  readonly file: ScriptFile;
  readonly grammar: ScriptGrammar;
  readonly pieces: readonly ScriptPiece[];
} | undefined;

/**
 * Returns the pieces of a `.sql` file small enough to be held.
 *
 * @throws {ToolError} `script/syntax`, with the line.
 */
export function scriptPieces(file: ScriptFile, grammar: ScriptGrammar): readonly ScriptPiece[] {
  if (last?.file === file && last.grammar === grammar) return last.pieces;
  const { path, text, comment } = file;
  const pieces = splitText(
    text === undefined ? readWhole(path) : belowHeader(text, comment),
    grammar,
  );
  last = { file, grammar, pieces };
  return pieces;
}

/** Only the beginning of a file of this size has been read before. */
function readWhole(path: string): string {
  const text = readText(path);
  refuseConflict(text, path);
  return text;
}

/**
 * Returns `text` with the `header` at its start, which has already been read, replaced by empty
 * lines: line numbers stay the same.
 */
function belowHeader(text: string, header: string): string {
  return "\n".repeat(header.split("\n").length - 1) + text.slice(header.length);
}

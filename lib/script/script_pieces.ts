import type { ScriptGrammar, ScriptPiece } from "../sql/splitter/script_piece.ts";
import { splitText } from "../sql/splitter/split_text.ts";
import { readText } from "./read_text.ts";
import type { ScriptFile } from "./script_file.ts";

/** What was read last: a file is loaded, and right behind that its checksum is made. */
let last: {
  readonly file: ScriptFile;
  readonly grammar: ScriptGrammar;
  readonly pieces: readonly ScriptPiece[];
} | undefined;

/**
 * Returns the pieces of a `.sql` file that is small enough to be held.
 *
 * @throws {ToolError} `script/syntax`, with the line.
 */
export function scriptPieces(file: ScriptFile, grammar: ScriptGrammar): readonly ScriptPiece[] {
  if (last?.file === file && last.grammar === grammar) return last.pieces;
  const { path, text, comment } = file;
  const pieces = splitText(
    text === undefined ? readText(path) : belowHeader(text, comment),
    grammar,
  );
  last = { file, grammar, pieces };
  return pieces;
}

/** Returns `text` with empty lines for the `header` that it begins with: that has been read, and lines keep their numbers. */
function belowHeader(text: string, header: string): string {
  return "\n".repeat(header.split("\n").length - 1) + text.slice(header.length);
}

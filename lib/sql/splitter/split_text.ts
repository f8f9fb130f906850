import type { ScriptGrammar, ScriptPiece } from "./script_piece.ts";
import { ScriptSplitter } from "./script_splitter.ts";

/**
 * Returns the pieces of a script that is in memory.
 *
 * @throws {ToolError} `script/syntax`, with the line.
 */
export function splitText(text: string, grammar: ScriptGrammar): readonly ScriptPiece[] {
  const splitter = new ScriptSplitter(grammar);
  return splitter.push(text).concat(splitter.end());
}

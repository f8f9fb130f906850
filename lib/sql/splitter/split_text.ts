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

/**
 * Yields the pieces of a script while it is read. It holds one chunk and one statement at a time.
 *
 * @throws {ToolError} `script/syntax`, with the line, when it comes to it.
 */
export async function* splitStream(
  chunks: AsyncIterable<string>,
  grammar: ScriptGrammar,
): AsyncGenerator<ScriptPiece, void> {
  const splitter = new ScriptSplitter(grammar);
  for await (const chunk of chunks) yield* splitter.push(chunk);
  yield* splitter.end();
}

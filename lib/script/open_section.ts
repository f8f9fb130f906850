import { ToolError } from "../error.ts";
import type { ScriptPiece } from "../sql/script_piece.ts";
import { ScriptSplitter } from "../sql/script_splitter.ts";
import { readChunks } from "./read_chunks.ts";
import type { SectionReference } from "./script_body.ts";

/**
 * Yields the pieces of a section while its file is read. It holds one chunk and one statement at a time.
 *
 * @throws {ToolError} `script/syntax`, with file and line, when it comes to what no database reads.
 */
export function* openSection(
  { path, direction, grammar }: SectionReference,
): Generator<Exclude<ScriptPiece, { kind: "section" }>, void> {
  const wanted = direction === "upgrade" ? "up" : "down";
  let inside = false;
  for (const pieces of splitFile(path, grammar)) {
    for (const piece of pieces) {
      if (piece.kind !== "section") {
        if (inside) yield piece;
      } else if (inside) {
        return;
      } else {
        inside = piece.direction === wanted;
      }
    }
  }
}

/** Returns whether the file has the section at all. */
export function hasSection({ path, direction, grammar }: SectionReference): boolean {
  const wanted = direction === "upgrade" ? "up" : "down";
  for (const pieces of splitFile(path, grammar)) {
    if (pieces.some((it) => it.kind === "section" && it.direction === wanted)) return true;
  }
  return false;
}

function* splitFile(
  path: string,
  grammar: SectionReference["grammar"],
): Generator<readonly ScriptPiece[], void> {
  const splitter = new ScriptSplitter(grammar);
  try {
    for (const chunk of readChunks(path)) yield splitter.push(chunk);
    yield splitter.end();
  } catch (error) {
    throw error instanceof ToolError ? error.with({ file: path }) : error;
  }
}

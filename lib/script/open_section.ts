import { ToolError } from "../error.ts";
import type { ScriptPiece } from "../sql/splitter/script_piece.ts";
import { ScriptSplitter } from "../sql/splitter/script_splitter.ts";
import { readChunks } from "./read_chunks.ts";
import type { SectionReference } from "./script_body.ts";

/**
 * Yields the pieces of a section while its file is read. Only one chunk and one statement are held
 * at a time.
 *
 * @throws {ToolError} `script/syntax`, with file and line, for what no database could read, or for
 *   a second section of the same direction.
 */
export function* openSection(
  { path, direction, grammar }: SectionReference,
): Generator<Exclude<ScriptPiece, { kind: "section" }>, void> {
  const wanted = direction === "upgrade" ? "up" : "down";
  let inside = false;
  let found = false;
  for (const pieces of splitFile(path, grammar)) {
    for (const piece of pieces) {
      if (piece.kind !== "section") {
        if (inside) yield piece;
        continue;
      }
      inside = piece.direction === wanted;
      if (inside && found) throw secondSection(wanted, piece.line).with({ file: path });
      found ||= inside;
    }
  }
}

/** Returns the error for a script with two sections for one direction. */
export function secondSection(wanted: "up" | "down", line: number): ToolError {
  return new ToolError(
    "script/syntax",
    `Cannot read the script: it has a second -- migrate:${wanted}`,
    { line, hint: "Merge the two sections" },
  );
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

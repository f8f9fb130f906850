import type { ScriptPiece } from "../../sql/splitter/script_piece.ts";

/** Yields the data of the COPY just read from `pieces`, and leaves `pieces` after its end. */
export async function* dataUntilEnd(pieces: Iterator<ScriptPiece>): AsyncGenerator<string> {
  for (let next = pieces.next(); !next.done && next.value.kind === "data"; next = pieces.next()) {
    yield next.value.text;
  }
}

/** Yields data held in memory. */
export async function* chunksOf(data: readonly string[]): AsyncGenerator<string> {
  yield* data;
}

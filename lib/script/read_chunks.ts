import { closeSync, openSync, readSync } from "node:fs";
import { notText, unreadable } from "./read_text.ts";

/**
 * Yields the text of the file at `path` in chunks, without a byte order mark. The file is closed
 * when the reader stops.
 *
 * @throws {ToolError} `script/missing` if it cannot be read, `script/syntax` if it is not UTF-8
 *   text.
 */
export function* readChunks(path: string): Generator<string, void> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const decode = (bytes?: Uint8Array): string => {
    try {
      return decoder.decode(bytes, { stream: bytes !== undefined });
    } catch {
      throw notText("it is not UTF-8", path);
    }
  };
  for (const bytes of readByteChunks(path)) yield decode(bytes);
  yield decode();
}

/**
 * Yields the bytes of the file at `path` in chunks, each of which is valid until the next is read.
 * The file is closed when the reader stops.
 *
 * @throws {ToolError} `script/missing` if it cannot be read.
 */
export function* readByteChunks(path: string): Generator<Uint8Array, void> {
  const descriptor = reading(path, () => openSync(path, "r"));
  try {
    // Most files are small, and clearing a large buffer takes longer than reading them.
    let buffer = new Uint8Array(small);
    for (;;) {
      const length = reading(path, () => readSync(descriptor, buffer, 0, buffer.length, null));
      if (length === 0) break;
      yield buffer.subarray(0, length);
      if (length === small) buffer = new Uint8Array(large);
    }
  } finally {
    closeSync(descriptor);
  }
}

/** The sizes of the buffer, in bytes. */
const small = 8 * 1024;
const large = 256 * 1024;

function reading<Result>(path: string, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    throw unreadable(path, error);
  }
}

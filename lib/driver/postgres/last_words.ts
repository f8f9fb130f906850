import type { Socket } from "node:net";

/** The error with which a server ends a session. */
export interface LastWords {
  readonly code: string;
  readonly message: string;
}

/**
 * Listens for the error with which a server ends an idle session, which the library discards. Returns a
 * function that returns the error, if there was one.
 *
 * https://www.postgresql.org/docs/current/protocol-error-fields.html
 */
export function listenForLastWords(socket: Socket): () => LastWords | undefined {
  let heard: Uint8Array | undefined;
  socket.on("data", (chunk: Uint8Array) => {
    heard = lastMessage(chunk);
  });
  return () => heard && heard[0] === errorResponse ? read(heard) : undefined;
}

/** Answers to earlier statements may arrive together with it. */
function lastMessage(chunk: Uint8Array): Uint8Array {
  const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  let last = 0;
  for (let next = 0; next + 5 <= chunk.length; next += 1 + Math.max(4, view.getUint32(next + 1))) {
    last = next;
  }
  return chunk.subarray(last);
}

const errorResponse = "E".charCodeAt(0);

function read(message: Uint8Array): LastWords | undefined {
  const length = new DataView(message.buffer, message.byteOffset).getInt32(1);
  const fields = new TextDecoder().decode(message.subarray(5, 1 + length)).split("\0");
  const field = (letter: string) => fields.find((it) => it.startsWith(letter))?.slice(1);
  const isFatal = /^(FATAL|PANIC)$/.test(field("V") ?? "");
  const [code, text] = [field("C"), field("M")];
  return isFatal && code !== undefined && text !== undefined ? { code, message: text } : undefined;
}

import type { Socket } from "node:net";

/** What a server says before it hangs up. */
export interface LastWords {
  readonly code: string;
  readonly message: string;
}

/**
 * Listens for the error with which a server ends a session that asks nothing just then: the library
 * throws it away. Returns a function that answers what was heard.
 *
 * https://www.postgresql.org/docs/current/protocol-error-fields.html
 */
export function listenForLastWords(socket: Socket): () => LastWords | undefined {
  let heard: Uint8Array | undefined;
  socket.on("data", (chunk: Uint8Array) => {
    heard = chunk[0] === errorResponse ? chunk : undefined;
  });
  return () => heard && read(heard);
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

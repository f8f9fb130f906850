import type { Buffer } from "node:buffer";
import type { Duplex } from "node:stream";

/**
 * Reads along with the messages of a PostgreSQL server, to find out how many statements of a message
 * were completed before one failed: the error itself does not always tell.
 *
 * https://www.postgresql.org/docs/current/protocol-message-formats.html
 */
export class CommandCounter {
  /** Statements completed in the message that is being answered. */
  #completed = 0;
  #failedAfter: number | undefined;
  /** Bytes until the next message begins. */
  #rest = 0;
  /** The part of a message header that has arrived. */
  #head: number[] = [];

  /** @param socket Must be between two messages from the server. */
  constructor(socket: Duplex) {
    socket.on("data", (chunk: Buffer) => this.#read(chunk));
  }

  /** Forgets earlier failures. */
  reset(): void {
    this.#failedAfter = undefined;
  }

  /** How many statements were completed in the first message that failed since `reset`. */
  get failedAfter(): number {
    return this.#failedAfter ?? 0;
  }

  #read(chunk: Buffer): void {
    let at = 0;
    while (at < chunk.length) {
      if (this.#rest > 0) {
        const passed = Math.min(this.#rest, chunk.length - at);
        this.#rest -= passed;
        at += passed;
        continue;
      }
      if (this.#head.length === 0 && chunk.length - at >= headLength) {
        this.#begin(chunk[at] ?? 0, chunk.readUInt32BE(at + 1));
        at += headLength;
        continue;
      }
      this.#head.push(chunk[at++] ?? 0);
      if (this.#head.length < headLength) continue;
      const [type = 0, ...length] = this.#head;
      this.#head = [];
      this.#begin(type, length.reduce((sum, it) => sum * 256 + it, 0));
    }
  }

  /** @param length The length of the message, without its type. */
  #begin(type: number, length: number): void {
    this.#rest = length - 4;
    if (type === commandComplete) this.#completed += 1;
    else if (type === errorResponse) this.#failedAfter ??= this.#completed;
    else if (type === readyForQuery) this.#completed = 0;
  }
}

/** A type, and a length in four bytes. */
const headLength = 5;
const commandComplete = "C".charCodeAt(0);
const errorResponse = "E".charCodeAt(0);
const readyForQuery = "Z".charCodeAt(0);

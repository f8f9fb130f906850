import { Duplex } from "node:stream";

/** The type of the Terminate message, which ends a session. */
const terminate = "X".charCodeAt(0);

/** A socket whose other end is a function that answers each write. */
export class EmbeddedSocket extends Duplex {
  /** As in a network socket. */
  readonly readyState = "open";
  readonly #answer: (messages: Uint8Array) => Promise<Uint8Array>;

  constructor(answer: (messages: Uint8Array) => Promise<Uint8Array>) {
    super();
    this.#answer = answer;
  }

  override _read(): void {}

  override _write(
    chunk: Uint8Array,
    _encoding: string,
    done: (error?: Error | null) => void,
  ): void {
    if (chunk[0] === terminate) return done();
    this.#answer(new Uint8Array(chunk)).then((answer) => {
      this.push(answer);
      done();
    }, (error: unknown) => done(error instanceof Error ? error : new Error(String(error))));
  }

  override _final(done: () => void): void {
    this.push(null);
    done();
  }
}

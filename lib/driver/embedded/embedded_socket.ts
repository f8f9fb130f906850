import { Duplex } from "node:stream";

/** What PostgreSQL's messages begin with that says farewell. */
const terminate = "X".charCodeAt(0);

/** A socket whose other end is a function: what is written is answered at once. */
export class EmbeddedSocket extends Duplex {
  /** As a network's socket says it. */
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

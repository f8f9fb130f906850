/** In milliseconds: texts that are closer together are joined. */
const close = 10;

/**
 * Joins texts that are written in quick succession: each write to a pipe wakes its reader, which can take
 * longer than the step that the text reports. The first text is written at once, later ones at the latest
 * when the caller's synchronous work ends.
 */
export class Bursts {
  readonly #write: (text: string) => void;
  readonly #now: () => number;
  #held = "";
  #last = -Infinity;
  #isOver = false;

  /** `now` returns milliseconds, from any origin. */
  constructor(write: (text: string) => void, now: () => number) {
    this.#write = write;
    this.#now = now;
  }

  write(text: string): void {
    const isFirst = this.#held === "";
    this.#held += text;
    if (this.#isOver || this.#now() - this.#last >= close) this.flush();
    else if (isFirst) queueMicrotask(() => this.flush());
  }

  /** Writes what is held. */
  flush(): void {
    if (this.#held === "") return;
    const text = this.#held;
    this.#held = "";
    this.#write(text);
    this.#last = this.#now();
  }

  /** Writes each text at once from now on, since something else may write to the same place. */
  end(): void {
    this.#isOver = true;
    this.flush();
  }
}

import { setTimeout as sleep } from "node:timers/promises";

/** In milliseconds: how long to wait before the reader is expected to have made room. */
const pause = 20;

/**
 * Writes texts in order to a pipe without waiting for its reader: what there is no room for is kept, and
 * written when there is. A process that waits inside `write` would hear no signal, and its
 * transaction would stay open for as long as nobody reads.
 */
export class Backlog {
  readonly #write: (bytes: Uint8Array) => number;
  readonly #kept: Uint8Array[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param write Returns how many bytes there was room for, without waiting. */
  constructor(write: (bytes: Uint8Array) => number) {
    this.#write = write;
  }

  write(text: string): void {
    this.#kept.push(new TextEncoder().encode(text));
    this.#advance();
  }

  get isEmpty(): boolean {
    return this.#kept.length === 0;
  }

  /** Waits until all is written, or until `signal` is aborted. */
  async drained(signal: AbortSignal): Promise<void> {
    while (!this.#advance() && !signal.aborted) {
      await sleep(pause, undefined, { signal }).catch(() => {});
    }
  }

  /** Waits inside the call, where nothing else can run, for at most so many milliseconds. */
  drain(milliseconds: number): void {
    const start = performance.now();
    while (!this.#advance() && performance.now() - start < milliseconds) waitInside();
  }

  /** Writes as much as there is room for, and returns whether that is all. */
  #advance(): boolean {
    for (let first = this.#kept[0]; first !== undefined; first = this.#kept[0]) {
      const written = this.#write(first);
      if (written < first.length) {
        this.#kept[0] = first.subarray(written);
        this.#timer ??= setTimeout(() => {
          this.#timer = undefined;
          this.#advance();
        }, pause).unref();
        return false;
      }
      this.#kept.shift();
    }
    return true;
  }
}

/** Blocks this thread for a moment. */
export function waitInside(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pause);
}

import { setTimeout as sleep } from "node:timers/promises";
import type { Blocker } from "../../report/event.ts";
import type { LockWatch } from "./limited_session.ts";

/**
 * Looks, from a second session, for whoever blocks a statement that takes long: once the statement
 * has been given up, the server no longer knows. The session is opened when a statement has used a
 * fifth of its time, and queried four times in the rest of it; ever less often if the statement runs on.
 */
export class BlockerWatch implements LockWatch {
  readonly #read: () => Promise<readonly Blocker[]>;
  readonly #milliseconds: number;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #looking: Promise<void> | undefined;
  #begun = 0;
  #seen: readonly Blocker[] = [];

  /** @param milliseconds How long a statement may wait. */
  constructor(read: () => Promise<readonly Blocker[]>, milliseconds: number) {
    this.#read = read;
    this.#milliseconds = milliseconds;
  }

  begin(): void {
    this.#seen = [];
    this.#begun = performance.now();
    this.#timer = setTimeout(() => this.#look(), this.#milliseconds / 5);
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** Returns who was seen to block last. */
  async blockers(): Promise<readonly Blocker[]> {
    // A server that does not answer soon is not worth the wait.
    await Promise.race([this.#looking, sleep(500, undefined, { ref: false })]);
    return this.#seen;
  }

  #look(): void {
    const timer = this.#timer;
    this.#looking = this.#ask().then(() => {
      // The statement has ended, and another may have begun.
      if (this.#timer !== timer) return;
      const time = Math.max(this.#milliseconds, performance.now() - this.#begun);
      this.#timer = setTimeout(() => this.#look(), time / 5);
    });
  }

  async #ask(): Promise<void> {
    const blockers = await this.#read();
    if (blockers.length > 0) this.#seen = blockers;
  }
}

/** Runs the requests to a connection in order, and lets the event loop have its turn. */
export class Turns {
  #newest: Promise<unknown> | undefined;
  /** When the event loop, and with it signals and timers, last had its turn. */
  #last = performance.now();

  /** The newest request that has not been answered yet. All others are answered before it. */
  get newest(): Promise<unknown> | undefined {
    return this.#newest;
  }

  /**
   * Returns the result of `start`. It is synchronous if nothing is in the way, since a promise takes
   * longer than many a statement.
   */
  take<Answer>(start: () => Answer | Promise<Answer>): Answer | Promise<Answer> {
    if (this.#newest === undefined && !this.#isOver()) {
      const answer = start();
      return answer instanceof Promise ? this.#follow(answer) : answer;
    }
    return this.#follow(this.#startBehind(this.#newest, start));
  }

  /** Resolves when all requests have been answered. */
  async rest(): Promise<void> {
    while (this.#newest !== undefined) await this.#newest.catch(() => {});
  }

  /** Records that the event loop has just had its turn. */
  hadTurn(): void {
    this.#last = performance.now();
  }

  /** Makes later requests wait for `answer`. */
  #follow<Answer>(answer: Promise<Answer>): Promise<Answer> {
    const ended = () => {
      if (this.#newest === answer) this.#newest = undefined;
    };
    answer.then(ended, ended);
    this.#newest = answer;
    return answer;
  }

  async #startBehind<Answer>(
    before: Promise<unknown> | undefined,
    start: () => Answer | Promise<Answer>,
  ): Promise<Answer> {
    await before?.catch(() => {});
    if (this.#isOver()) {
      await new Promise((resolve) => setImmediate(resolve));
      this.hadTurn();
    }
    return await start();
  }

  #isOver(): boolean {
    return performance.now() - this.#last > longestTurn;
  }
}

/** In milliseconds: how long statements may run before signals and timers get their turn. */
const longestTurn = 50;

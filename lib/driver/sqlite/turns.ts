/** Has what is asked of a connection done in the order asked for, and leaves the event loop its turn. */
export class Turns {
  #newest: Promise<unknown> | undefined;
  /** When the event loop, and with it signals and timers, last had its turn. */
  #last = performance.now();

  /** The newest of what is not answered yet, before which all others are. */
  get newest(): Promise<unknown> | undefined {
    return this.#newest;
  }

  /** Returns what `start` answers: at once where nothing is in its way, since a promise for each statement takes longer than many a statement. */
  take<Answer>(start: () => Answer | Promise<Answer>): Answer | Promise<Answer> {
    if (this.#newest === undefined && !this.#isOver()) {
      const answer = start();
      return answer instanceof Promise ? this.#follow(answer) : answer;
    }
    return this.#follow(this.#startBehind(this.#newest, start));
  }

  /** Resolves when all that was asked for has been answered. */
  async rest(): Promise<void> {
    while (this.#newest !== undefined) await this.#newest.catch(() => {});
  }

  /** Notes that the event loop has just had its turn. */
  hadTurn(): void {
    this.#last = performance.now();
  }

  /** Nothing that is asked for from now on overtakes `answer`. */
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

/** In milliseconds: how long statements may follow one another before signals and timers are heard. */
const longestTurn = 50;

import { ToolError } from "../../error.ts";

/**
 * What a body asked for, while it runs: nothing of it is lost because the body did not wait for it, and
 * nothing of it happens after the body's end.
 */
export class AskedFor {
  readonly #all: Watched<unknown>[] = [];
  #open = true;

  /** Returns what `action` answers, and remembers that it was asked for. */
  follow<Answer>(action: () => Promise<Answer>): Promise<Answer> {
    if (!this.#open) return Promise.reject(late());
    const watched = new Watched<Answer>((resolve, reject) => action().then(resolve, reject));
    this.#all.push(watched);
    // Somebody is told of its failure at the end, at the latest.
    void watched.settled;
    return watched;
  }

  /** Returns `answer`, and remembers it, too, if it is a promise. */
  waitFor<Answer>(answer: Answer): Answer;
  waitFor(answer: unknown): unknown {
    return answer instanceof Promise ? this.follow(() => answer) : answer;
  }

  /**
   * Waits for all that was asked for.
   *
   * @throws What the first failed with that nobody waited for.
   */
  async end(): Promise<void> {
    // What is waited for may ask for more.
    for (let at = 0; at < this.#all.length; at++) await this.#all[at]?.settled;
    this.#open = false;
    for (const it of this.#all) if (!it.isAwaited) await it;
  }
}

/** A promise that knows whether anybody waits for it. */
class Watched<Answer> extends Promise<Answer> {
  #isAwaited = false;

  static override get [Symbol.species](): PromiseConstructor {
    return Promise;
  }

  get isAwaited(): boolean {
    return this.#isAwaited;
  }

  get settled(): Promise<unknown> {
    return super.then(() => {}, () => {});
  }

  override then<Kept = Answer, Caught = never>(
    kept?: ((answer: Answer) => Kept | PromiseLike<Kept>) | null,
    caught?: ((reason: unknown) => Caught | PromiseLike<Caught>) | null,
  ): Promise<Kept | Caught> {
    this.#isAwaited = true;
    return super.then(kept, caught);
  }
}

function late(): ToolError {
  return new ToolError(
    "operation/invalid",
    "Cannot do anything more in the body of an op.run that has returned",
    { hint: "Await what is asynchronous before it returns" },
  );
}

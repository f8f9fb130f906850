import { ToolError } from "../../error.ts";

/**
 * The calls that a body makes while it runs: none is lost because the body did not await it, and
 * none takes effect after the body has ended.
 */
export class AskedFor {
  readonly #all: Watched<unknown>[] = [];
  #open = true;

  /** Calls `action` and returns its answer, and keeps track of it. */
  follow<Answer>(action: () => Promise<Answer>): Promise<Answer> {
    if (!this.#open) return Promise.reject(late());
    const watched = new Watched<Answer>((resolve, reject) => action().then(resolve, reject));
    this.#all.push(watched);
    // The failure is reported at the end, at the latest.
    void watched.settled;
    return watched;
  }

  /** Returns `answer`, and keeps track of it if it is a promise. */
  waitFor<Answer>(answer: Answer): Answer;
  waitFor(answer: unknown): unknown {
    return answer instanceof Promise ? this.follow(() => answer) : answer;
  }

  /**
   * Waits for all calls.
   *
   * @throws The first failure of a call that was not awaited.
   */
  async end(): Promise<void> {
    // Code that is being waited for may make further calls.
    for (let at = 0; at < this.#all.length; at++) await this.#all[at]?.settled;
    this.#open = false;
    for (const it of this.#all) if (!it.isAwaited) await it;
  }
}

/** A promise that knows whether it is awaited. */
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

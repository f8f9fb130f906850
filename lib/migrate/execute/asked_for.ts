import { ToolError } from "../../error.ts";
import { callSite } from "../../operations/record/call_site.ts";
import type { Location } from "../../sql/statement.ts";

/** A call that failed, and where in the script it was made. */
export interface FailedCall {
  readonly reason: unknown;
  readonly at: Location | undefined;
}

/**
 * The calls that a body makes while it runs: none is lost because the body did not await it, and
 * none takes effect after the body has ended.
 */
export class AskedFor {
  readonly #file: string | undefined;
  /** Those that have not succeeded, or not yet, in order. */
  readonly #calls = new Set<Call>();
  #open = true;

  /** @param file The script that the body is in. */
  constructor(file: string | undefined) {
    this.#file = file;
  }

  /** Calls `action` and returns its answer, and keeps track of it. */
  follow<Answer>(action: () => Promise<Answer>): Promise<Answer> {
    if (!this.#open) return Promise.reject(late());
    const at = callSite(this.#file);
    const watched = new Watched<Answer>((resolve, reject) => action().then(resolve, reject));
    const call = { watched, at };
    this.#calls.add(call);
    // A failure is reported at the end, at the latest.
    void watched.failure.then((failure) => failure ?? this.#calls.delete(call));
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
    for (const { watched } of this.#calls) await watched.failure;
    this.#open = false;
    for (const { watched } of this.#calls) {
      const failure = await watched.failure;
      if (failure && !watched.isAwaited) throw failure.reason;
    }
  }

  /**
   * Returns the call that failed with `error`, or an earlier one that failed without being awaited
   * and may be the cause; `undefined` if no call failed with `error`.
   */
  async blamed(error: unknown): Promise<FailedCall | undefined> {
    let unnoticed: FailedCall | undefined;
    for (const { watched, at } of this.#calls) {
      const failure = await watched.failure;
      if (failure === undefined) continue;
      if (failure.reason === error) return unnoticed ?? { ...failure, at: at() };
      if (!watched.isAwaited) unnoticed ??= { ...failure, at: at() };
    }
    return undefined;
  }
}

interface Call {
  readonly watched: Watched<unknown>;
  readonly at: () => Location | undefined;
}

/** A promise that knows whether it is awaited. */
class Watched<Answer> extends Promise<Answer> {
  #isAwaited = false;

  get isAwaited(): boolean {
    return this.#isAwaited;
  }

  /** Resolves to the failure, if there is one; does not count as awaiting the promise. */
  get failure(): Promise<{ readonly reason: unknown } | undefined> {
    return super.then(() => undefined, (reason: unknown) => ({ reason }));
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

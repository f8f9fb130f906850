/**
 * The requests of a connection to a libSQL server. They can be aborted while in flight: the server then
 * stops working on them, and rolls back.
 */
export class LibsqlRequests {
  #inFlight = new AbortController();
  #kept = 0;

  /** The client makes all its requests through this. */
  readonly fetch = (request: Request): Promise<Response> =>
    this.#kept > 0 ? fetch(request) : fetch(request, { signal: this.#inFlight.signal });

  /** Aborts the requests that are in flight. Later ones are not affected. */
  giveUp(): void {
    const given = this.#inFlight;
    this.#inFlight = new AbortController();
    given.abort();
  }

  /**
   * Runs `action`, whose requests are not aborted: after an aborted COMMIT, nobody would know whether
   * it took effect.
   */
  async keeping(action: () => Promise<void>): Promise<void> {
    this.#kept++;
    try {
      await action();
    } finally {
      this.#kept--;
    }
  }
}

/**
 * The requests of one connection to a libSQL server, which can be given up while they are in flight: the
 * server then stops what it does for them, and rolls back.
 */
export class LibsqlRequests {
  #inFlight = new AbortController();
  #kept = 0;

  /** For the client, which asks everything by it. */
  readonly fetch = (request: Request): Promise<Response> =>
    this.#kept > 0 ? fetch(request) : fetch(request, { signal: this.#inFlight.signal });

  /** Gives up what is in flight now; what is asked afterwards is asked as ever. */
  giveUp(): void {
    const given = this.#inFlight;
    this.#inFlight = new AbortController();
    given.abort();
  }

  /** Does `action`, whose requests are not given up: of a COMMIT nobody would know whether it was done. */
  async keeping(action: () => Promise<void>): Promise<void> {
    this.#kept++;
    try {
      await action();
    } finally {
      this.#kept--;
    }
  }
}

/**
 * Runs `action` with a signal that is aborted when the server has not answered for `seconds`, or when
 * `outer` is aborted.
 *
 * @param seconds As written in the URL; 0 means no timeout. Default: 15. The default of libpq is no
 * timeout, but nobody waits that long for a migration to begin.
 * @throws The signal's reason if it is aborted, otherwise the error of `action`.
 */
export async function withinConnectTimeout<Result>(
  seconds: string | undefined,
  outer: AbortSignal | undefined,
  action: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  // Not AbortSignal.timeout(): its timer alone does not wake the runtime.
  const timeout = new AbortController();
  const timer = setTimeout(() => timeout.abort(timedOut()), milliseconds(seconds));
  const signal = AbortSignal.any([timeout.signal, ...(outer ? [outer] : [])]);
  try {
    return await action(signal);
  } catch (error) {
    throw signal.aborted ? signal.reason : error;
  } finally {
    clearTimeout(timer);
  }
}

function milliseconds(seconds = "15"): number {
  const longest = 2 ** 31 - 1;
  return Number(seconds) > 0 ? Math.min(Number(seconds) * 1000, longest) : longest;
}

function timedOut(): Error {
  return Object.assign(new Error("it does not answer"), { code: "ETIMEDOUT" });
}

/** The hint for a server that does not answer. */
export const checkReach =
  "Check host, port and firewall; connect_timeout=SECONDS in the URL waits longer";

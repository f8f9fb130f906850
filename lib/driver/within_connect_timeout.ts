/**
 * Does `action` with a signal that is aborted when the server has not answered for `seconds`, or when
 * `outer` is.
 *
 * @param seconds As the URL says them; 0 is for ever. Default 15: libpq waits for ever, but nobody waits
 * that long for a migration to begin.
 * @throws The signal's reason, if it is aborted; else what `action` throws.
 */
export async function withinConnectTimeout<Result>(
  seconds: string | undefined,
  outer: AbortSignal | undefined,
  action: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  // Not AbortSignal.timeout(): its timer alone wakes no runtime up.
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

/** What to do where a server does not answer. */
export const checkReach =
  "Check host, port and firewall; connect_timeout=SECONDS in the URL waits longer";

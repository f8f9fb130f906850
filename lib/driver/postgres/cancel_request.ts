import { once } from "node:events";
import type { PostgresAttempt } from "./postgres_attempts.ts";
import { openPostgresSocket, protocolMessage } from "./postgres_socket.ts";

/** Which session to cancel, as the server named it when it began. */
export interface BackendKey {
  readonly pid: number;
  readonly secret: number;
}

/**
 * Asks the server to stop what the session is running. It answers nothing; the statement fails, or has
 * already ended. The library's own `cancel` leaves its failures as unhandled rejections.
 *
 * https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-CANCELING-REQUESTS
 */
export async function sendCancelRequest(
  at: PostgresAttempt,
  { pid, secret }: BackendKey,
): Promise<void> {
  const giveUp = new AbortController();
  const timer = setTimeout(() => giveUp.abort(), 10_000);
  try {
    const socket = await openPostgresSocket(at, giveUp.signal);
    const closed = once(socket.resume(), "close", giveUp);
    // The server hangs up when it has passed the request on; a pooler drops it if we hang up before that.
    socket.write(protocolMessage(80877102, pid, secret));
    await closed.finally(() => socket.destroy());
  } finally {
    clearTimeout(timer);
  }
}

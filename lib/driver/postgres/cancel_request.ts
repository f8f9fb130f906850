import { once } from "node:events";
import type { PostgresAttempt } from "./postgres_attempts.ts";
import { openPostgresSocket, protocolMessage } from "./postgres_socket.ts";

/** Identifies the session to cancel, as the server did when it began. */
export interface BackendKey {
  readonly pid: number;
  readonly secret: number;
}

/**
 * Asks the server to stop what the session is running. The server does not reply; the statement either
 * fails or has already ended. The library's own `cancel` turns failures into unhandled rejections.
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
    // The server hangs up once it has passed the request on; a pooler drops the request if we hang up
    // first.
    socket.write(protocolMessage(80877102, pid, secret));
    await closed.finally(() => socket.destroy());
  } finally {
    clearTimeout(timer);
  }
}

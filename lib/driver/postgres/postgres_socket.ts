import { connect, isIP, type Socket } from "node:net";
import type { PostgresAttempt, PostgresTls } from "./postgres_attempts.ts";

/**
 * Opens a socket, and encrypts it before anything else is sent.
 *
 * The library could do both, but it splits IPv6 addresses at their colons, continues unencrypted if the
 * server has no TLS, and reconnects endlessly if the server hangs up.
 *
 * https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-SSL
 */
export async function openPostgresSocket(
  at: PostgresAttempt,
  signal: AbortSignal,
): Promise<Socket> {
  signal.throwIfAborted();
  const { host, port, tls } = at;
  const socket = connect(host.startsWith("/") ? { path: socketPath(at) } : { host, port });
  const interrupt = () => socket.destroy();
  signal.addEventListener("abort", interrupt);
  try {
    await happens(socket, "connect");
    if (tls === false) return socket;
    if (tls.direct) return await encrypt(socket, host, tls);
    socket.write(protocolMessage(80877103));
    const [answer] = await happens(socket, "data");
    if (!/^[SN]$/.test(String(answer))) {
      throw Object.assign(new Error("what answers is not PostgreSQL"), { code: "NOT_POSTGRES" });
    }
    if (String(answer) === "N") {
      if (tls.optional) return socket;
      throw Object.assign(new Error("the server has none"), { code: "TLS_UNAVAILABLE" });
    }
    return await encrypt(socket, host, tls);
  } catch (error) {
    socket.destroy();
    throw error;
  } finally {
    signal.removeEventListener("abort", interrupt);
  }
}

async function encrypt(
  socket: Socket,
  host: string,
  { namesServer = true, direct, ...options }: PostgresTls,
): Promise<Socket> {
  const encrypted = (await import("node:tls")).connect({
    ...options,
    ...(direct && { ALPNProtocols: ["postgresql"] }),
    // The name to verify; unless it is an IP address, it may also be sent to the server.
    host,
    ...(namesServer && isIP(host) === 0 ? { servername: host } : {}),
    socket,
  });
  await happens(encrypted, "secureConnect");
  return encrypted;
}

/** Returns the arguments of the event; throws if the socket closes first. */
export function happens(socket: Socket, event: string): Promise<readonly unknown[]> {
  return new Promise((resolve, reject) => {
    socket.once(event, (...carried) => resolve(carried));
    // Never removed: an error that nobody waits for must not end the process.
    socket.on("error", reject);
    socket.once("close", () => reject(connectionClosed()));
    // Its error, if it has one, is still to be emitted.
    if (socket.destroyed) setImmediate(() => reject(connectionClosed()));
  });
}

/** Returns the error for a server that hangs up without a message. */
export function connectionClosed(): Error {
  return Object.assign(new Error("the server closed the connection"), { code: "ECONNRESET" });
}

export function socketPath({ host, port }: PostgresAttempt): string {
  return `${host}/.s.PGSQL.${port}`;
}

/** Returns a protocol message that consists of its length and `numbers`. */
export function protocolMessage(...numbers: readonly number[]): Uint8Array {
  const bytes = new DataView(new ArrayBuffer(4 + 4 * numbers.length));
  [bytes.byteLength, ...numbers].forEach((it, index) => bytes.setInt32(4 * index, it));
  return new Uint8Array(bytes.buffer);
}

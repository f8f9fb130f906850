import { connect, isIP, type Socket } from "node:net";
import type { PostgresAttempt, PostgresTls } from "./postgres_attempts.ts";

/**
 * Connects, and secures the connection before anything else is said.
 *
 * The library could do both, but splits IPv6 addresses at their colons, goes on where the server has
 * no TLS, and connects anew without end where the server hangs up.
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
    // The name to check; a name alone, not an address, may also be told to the server.
    host,
    ...(namesServer && isIP(host) === 0 ? { servername: host } : {}),
    socket,
  });
  await happens(encrypted, "secureConnect");
  return encrypted;
}

/** Returns what the event carries, and throws if the socket closes before. */
export function happens(socket: Socket, event: string): Promise<readonly unknown[]> {
  return new Promise((resolve, reject) => {
    socket.once(event, (...carried) => resolve(carried));
    // It stays: an error that nobody waits for must not end the process.
    socket.on("error", reject);
    socket.once("close", () => reject(connectionClosed()));
    // Its error, if it has one, is still to come.
    if (socket.destroyed) setImmediate(() => reject(connectionClosed()));
  });
}

/** Returns the error of a server that hangs up without a word. */
export function connectionClosed(): Error {
  return Object.assign(new Error("the server closed the connection"), { code: "ECONNRESET" });
}

/** Returns the path of a Unix socket. */
export function socketPath({ host, port }: PostgresAttempt): string {
  return `${host}/.s.PGSQL.${port}`;
}

/** Returns one of the few messages that are a length and numbers. */
export function protocolMessage(...numbers: readonly number[]): Uint8Array {
  const bytes = new DataView(new ArrayBuffer(4 + 4 * numbers.length));
  [bytes.byteLength, ...numbers].forEach((it, index) => bytes.setInt32(4 * index, it));
  return new Uint8Array(bytes.buffer);
}

import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

/** A proxy in front of a server. */
export interface AlteringProxy extends AsyncDisposable {
  readonly port: number;
}

/**
 * Starts a proxy in front of the server at `port`. It forwards what `alter` returns for the text of
 * each piece that a client sends, as many bytes as before; to a client of which that is `undefined`
 * it stays silent.
 *
 * @param alter Gets the number of the client, too, from 1.
 */
export async function alteringProxy(
  port: number,
  alter: (text: string, client: number) => string | undefined,
): Promise<AlteringProxy> {
  const sockets: Socket[] = [];
  let clients = 0;
  const server = createServer((client) => {
    const number = ++clients;
    const upstream = connect(port, "127.0.0.1");
    sockets.push(client, upstream);
    client.on("data", (chunk) => {
      const altered = alter(Buffer.from(chunk).toString("latin1"), number);
      if (altered !== undefined) upstream.write(Buffer.from(altered, "latin1"));
    });
    upstream.on("data", (chunk) => void client.write(chunk));
    for (const [one, other] of [[client, upstream], [upstream, client]] as const) {
      one.on("error", () => {}).on("close", () => other.destroy());
    }
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return {
    port: address.port,
    [Symbol.asyncDispose]: async () => {
      for (const it of sockets) it.destroy();
      server.close();
    },
  };
}

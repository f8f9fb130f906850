import { once } from "node:events";
import { createServer, type Socket } from "node:net";

/** A server that accepts connections, and never answers. */
export interface SilentServer extends AsyncDisposable {
  readonly url: string;
}

/** @param onConnection Called for each connection that it accepts. */
export async function silentServer(onConnection: () => void = () => {}): Promise<SilentServer> {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket.on("error", () => {}));
    onConnection();
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`,
    [Symbol.asyncDispose]: async () => {
      for (const it of sockets) it.destroy();
      server.close();
    },
  };
}

import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

/**
 * A proxy between the runner and its server that can stop at any boundary between two statements.
 */
export interface CountingProxy extends AsyncDisposable {
  readonly port: number;
  /** How many boundaries have been passed. */
  readonly events: number;
  /** Closes all connections; nothing passes any more. */
  cut(): void;
}

/**
 * Starts a proxy in front of the PostgreSQL server at `port`. Each statement from the runner, and
 * each completion from the server, is a boundary; `onEvent` is called with its number, from 1,
 * before it passes, and blocks everything from then on by returning true.
 */
export async function postgresProxy(
  port: number,
  onEvent: (event: number) => boolean,
): Promise<CountingProxy> {
  const sockets = new Set<Socket>();
  let events = 0;
  let held = false;
  const server = createServer((client) => {
    const upstream = connect(port, "127.0.0.1");
    const relay = (from: Socket, to: Socket, kinds: string, untyped: boolean) => {
      sockets.add(from);
      const split = new MessageSplitter(untyped);
      from.on("data", (chunk) => {
        for (const message of split.push(Buffer.from(chunk))) {
          if (kinds.includes(message.kind)) held ||= onEvent(++events);
          if (held) return;
          to.write(message.bytes);
        }
      });
      from.on("error", () => to.destroy());
      from.on("close", () => to.destroy());
      from.on("end", () => to.end());
    };
    relay(client, upstream, "QE", true); // Query, Execute
    relay(upstream, client, "C", false); // CommandComplete
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  const cut = () => {
    held = true;
    for (const it of sockets) it.destroy();
  };
  return {
    port: address.port,
    get events() {
      return events;
    },
    cut,
    [Symbol.asyncDispose]: async () => {
      cut();
      server.close();
      await once(server, "close");
    },
  };
}

interface Message {
  readonly kind: string;
  readonly bytes: Uint8Array;
}

/** https://www.postgresql.org/docs/current/protocol-message-formats.html */
class MessageSplitter {
  #rest = new Uint8Array();
  /** The first message of a client has no type. */
  #untyped: boolean;

  constructor(untyped: boolean) {
    this.#untyped = untyped;
  }

  *push(chunk: Uint8Array): Generator<Message> {
    this.#rest = new Uint8Array(Buffer.concat([this.#rest, chunk]));
    for (;;) {
      const head = this.#untyped ? 0 : 1;
      if (this.#rest.length < head + 4) return;
      const length = head + new DataView(this.#rest.buffer).getInt32(head);
      if (this.#rest.length < length) return;
      const bytes = this.#rest.slice(0, length);
      this.#rest = this.#rest.slice(length);
      const kind = this.#untyped ? "" : String.fromCharCode(bytes[0] ?? 0);
      this.#untyped = false;
      yield { kind, bytes };
    }
  }
}

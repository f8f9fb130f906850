import { readFileSync } from "node:fs";
import { zstdDecompressSync } from "node:zlib";
import { PGlite } from "@electric-sql/pglite";
import postgres from "postgres";
import { ToolError } from "../../error.ts";
import type { Connection, ConnectOptions } from "../driver.ts";
import { EmbeddedConnection } from "./embedded_connection.ts";
import { EmbeddedExtensions } from "./embedded_extensions.ts";
import { embeddedFiles } from "./embedded_files.ts";
import { EmbeddedSocket } from "./embedded_socket.ts";
import { noticesTo, oneSession, withoutTarget } from "../postgres/postgres_options.ts";

/**
 * Starts PostgreSQL inside this process, with one empty database in memory, and returns a session with
 * it. It is accessed through the wire protocol, so that its answers are read like those of a server.
 * This is PostgreSQL compiled to WebAssembly, https://pglite.dev: one session, and no other process.
 */
export async function connectEmbedded(
  options: Pick<ConnectOptions, "onNotice"> = {},
): Promise<Connection> {
  const server = await startEmbedded();
  const extensions = new EmbeddedExtensions(
    embeddedFiles(),
    (path, bytes, mode) => server.copyToFS(path, bytes, mode),
  );
  const socket = new EmbeddedSocket((messages) => server.execProtocolRaw(messages));
  const sql = withoutTarget(() =>
    postgres({
      ...oneSession,
      // The library's types lack its option for a custom socket.
      ...{ socket: () => socket },
      user: "postgres",
      database: "postgres",
      onnotice: noticesTo(options),
      onclose: () => connection.end(),
    })
  );
  const connection = new EmbeddedConnection(
    {
      sql,
      socket,
      pooled: false,
      lost: (cause) =>
        new ToolError("internal", "The PostgreSQL inside this process has ended", { cause }),
      cancel: async () => {},
    },
    server,
    extensions,
  );
  return connection;
}

/** Starts the server, with the data of a new cluster if available: creating it takes seconds. */
async function startEmbedded(): Promise<PGlite> {
  const files = embeddedFiles();
  const data = files.data === undefined ? undefined : read(files.data);
  return await PGlite.create({
    pgliteWasmModule: new WebAssembly.Module(read(files.wasm)),
    fsBundle: new Blob([read(files.bundle)]),
    ...(data && { loadDataDir: new Blob([data]), initdbWasmModule: unused }),
    startParams: [...PGlite.defaultStartParams, "-c", "shared_buffers=16MB"],
  });
}

/** An empty module: with the data available, `initdb` is not needed, but its module would be loaded. */
const unused = new WebAssembly.Module(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0));

const zstdMagic = [0x28, 0xb5, 0x2f, 0xfd];

function read(path: string): Uint8Array<ArrayBuffer> {
  const bytes = readFileSync(path);
  const isCompressed = zstdMagic.every((it, at) => bytes[at] === it);
  return new Uint8Array(isCompressed ? zstdDecompressSync(bytes) : bytes);
}

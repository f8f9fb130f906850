import { connectEmbedded } from "../../driver/embedded/embedded.ts";
import { databaseFacts } from "./database_facts.ts";
import type { ServerScratchOptions } from "./open_on_server.ts";
import { prepareSession } from "./prepare_session.ts";
import type { Scratch } from "./scratch.ts";

/** Returns a scratch database in a PostgreSQL inside this process. */
export async function openEmbedded(options: ServerScratchOptions): Promise<Scratch> {
  const { onNotice, like, schemas = [] } = options;
  await using opened = new AsyncDisposableStack();
  const connection = opened.use(await connectEmbedded({ onNotice }));
  const facts = await databaseFacts(connection);
  const reset = await prepareSession(connection, like ?? facts, schemas);
  const owned = opened.move();
  return {
    connection,
    dialect: "postgres",
    kind: "embedded",
    serverVersion: facts.serverVersion,
    reset,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

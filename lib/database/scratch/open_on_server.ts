import { randomBytes } from "node:crypto";
import type { Connection, ConnectOptions, DatabaseUrl } from "../../driver/driver.ts";
import { ToolError } from "../../error.ts";
import { postgresDriver } from "../../driver/postgres.ts";
import { quoteIdentifier, quoteLiteral } from "../../sql/quote.ts";
import { createDatabase } from "./create_database.ts";
import { type DatabaseFacts, databaseFacts } from "./database_facts.ts";
import { markOf, scratchPrefix, sweep } from "./left_over.ts";
import { prepareSession } from "./prepare_session.ts";
import type { Scratch } from "./scratch.ts";
import { unavailable } from "./unavailable.ts";

type PostgresUrl = Extract<DatabaseUrl, { kind: "postgres" }>;

/** What a scratch database on a server is to be. */
export interface ServerScratchOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onNotice?: ((text: string) => void) | undefined;
  /** Absent: as the database that `url` names. */
  readonly like?: DatabaseFacts | undefined;
  readonly schemas?: readonly string[] | undefined;
}

/**
 * Returns a database of our own on the server of `url`, dropped when it is disposed of. What earlier runs
 * have left there is swept first.
 *
 * @throws {ToolError} `scratch/unavailable` if the server does not let us, `database/unreachable` if it is not there.
 */
export async function openOnServer(
  url: PostgresUrl,
  options: ServerScratchOptions,
): Promise<Scratch> {
  const { signal, onNotice, schemas = [] } = options;
  const connect: ConnectOptions = { create: false, applicationName: "migrate scratch", signal };
  await using opened = new AsyncDisposableStack();
  const maker = opened.use(await postgresDriver.connect(url, connect));
  const facts = await databaseFacts(maker);
  if (maker.pooled) throw unavailable("a pooler stands before the server, and knows no new ones");
  if (!facts.mayCreate) throw unavailable("the role may not create databases");
  await sweep(maker);
  const name = await create(maker, facts, options.like);
  opened.defer(() => drop(maker, name));
  const session = { ...connect, onNotice };
  const connection = opened.use(
    await postgresDriver.connect({ ...url, database: name }, session),
  );
  opened.use(cancelWhenAborted(connection, signal));
  const reset = await prepareSession(connection, options.like ?? facts, schemas);
  const owned = opened.move();
  return {
    connection,
    dialect: "postgres",
    kind: "server",
    serverVersion: facts.serverVersion,
    reset,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

/** The database that it is to be like may be on another server, with locales that this one lacks. */
async function create(
  maker: Connection,
  here: DatabaseFacts,
  like: DatabaseFacts | undefined,
): Promise<string> {
  const name = scratchPrefix + randomBytes(6).toString("hex");
  try {
    await maker.query(createDatabase(name, like ?? here)).catch(async (error) => {
      if (like === undefined) throw error;
      await maker.query(createDatabase(name, here));
    });
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    throw unavailable(error.message, error);
  }
  const mark = quoteLiteral(await markOf(maker), "postgres");
  await maker.query({ sql: `COMMENT ON DATABASE ${quoteIdentifier(name)} IS ${mark}` });
  return name;
}

/** Whoever may have connected to it meanwhile keeps it: the next run sweeps it. */
async function drop(maker: Connection, name: string): Promise<void> {
  await maker.query({ sql: `DROP DATABASE IF EXISTS ${quoteIdentifier(name)}` }).catch(() => {});
}

/** What runs there when the user interrupts need not be waited for. */
function cancelWhenAborted(connection: Connection, signal: AbortSignal | undefined): Disposable {
  const cancel = () => void connection.cancel().catch(() => {});
  signal?.addEventListener("abort", cancel);
  return { [Symbol.dispose]: () => signal?.removeEventListener("abort", cancel) };
}

import { randomBytes } from "node:crypto";
import { cancelWhenAborted } from "../../driver/cancel_when_aborted.ts";
import type { Connection, PostgresUrl } from "../../driver/driver.ts";
import { ToolError } from "../../error.ts";
import { postgresDriver } from "../../driver/postgres/postgres.ts";
import { quoteIdentifier, quoteLiteral } from "../../sql/quote.ts";
import { createDatabase } from "./create_database.ts";
import { type DatabaseFacts, databaseFacts } from "./database_facts.ts";
import { markOf, scratchPrefix, sweep } from "./left_over.ts";
import { occupy } from "./occupy.ts";
import { prepareSession } from "./prepare_session.ts";
import type { Scratch } from "./scratch.ts";
import { unavailable } from "./unavailable.ts";

export interface ServerScratchOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onNotice?: ((text: string) => void) | undefined;
  /** The database to be like; absent: the one that `url` names. */
  readonly like?: DatabaseFacts | undefined;
  readonly schemas?: readonly string[] | undefined;
}

/**
 * Returns a new database on the server of `url`, which is dropped when it is disposed of. Scratch
 * databases left there by earlier runs are dropped first.
 *
 * @throws {ToolError} `scratch/unavailable` if the server does not allow it, `database/unreachable` if
 * it cannot be reached.
 */
export async function openOnServer(
  url: PostgresUrl,
  options: ServerScratchOptions,
): Promise<Scratch> {
  await using opened = new AsyncDisposableStack();
  const { maker, facts } = await openMaker(opened, url, options);
  if (!facts.mayCreate) throw unavailable("the role may not create databases");
  return await openBeside(opened, url, { maker, facts, ...options });
}

/**
 * Returns a scratch database at `url`: a new one on that server if the role may create one, else the
 * database of `url` itself.
 *
 * @throws {ToolError} Like `openOnServer`.
 */
export async function openAtUrl(
  url: PostgresUrl,
  options: ServerScratchOptions,
): Promise<Scratch> {
  await using opened = new AsyncDisposableStack();
  const { maker, facts } = await openMaker(opened, url, options);
  if (facts.mayCreate) return await openBeside(opened, url, { maker, facts, ...options });
  opened.use(cancelWhenAborted(maker, options.signal));
  opened.defer(await occupy(maker, options));
  return await scratchOn(maker, facts, { opened, ...options });
}

/** Opens the session that creates and drops databases. */
async function openMaker(
  opened: AsyncDisposableStack,
  url: PostgresUrl,
  { signal, onNotice }: ServerScratchOptions,
): Promise<{ readonly maker: Connection; readonly facts: DatabaseFacts }> {
  const maker = opened.use(await postgresDriver.connect(url, { ...ours, signal, onNotice }));
  if (maker.pooled) {
    throw unavailable("a pooler is in front of the server, and direct_url is not set");
  }
  return { maker, facts: await databaseFacts(maker) };
}

const ours = { create: false, applicationName: "migrate scratch" };

async function openBeside(
  opened: AsyncDisposableStack,
  url: PostgresUrl,
  options: ServerScratchOptions & { readonly maker: Connection; readonly facts: DatabaseFacts },
): Promise<Scratch> {
  const { maker, facts, signal, onNotice, like } = options;
  await sweep(maker);
  const name = scratchPrefix + randomBytes(6).toString("hex");
  // Before it exists: a database that could not be marked would never be swept.
  opened.defer(() => drop(maker, name));
  await create(name, maker, facts, like);
  const connection = opened.use(
    await postgresDriver.connect({ ...url, database: name }, { ...ours, signal, onNotice }),
  );
  opened.use(cancelWhenAborted(connection, signal));
  return await scratchOn(connection, facts, { opened, ...options });
}

async function scratchOn(
  connection: Connection,
  facts: DatabaseFacts,
  { opened, like = facts, schemas = [] }: ServerScratchOptions & {
    readonly opened: AsyncDisposableStack;
  },
): Promise<Scratch> {
  const reset = await prepareSession(connection, like, schemas);
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

/** The database to be like may be on another server, with locales that this one lacks. */
async function create(
  name: string,
  maker: Connection,
  here: DatabaseFacts,
  like: DatabaseFacts | undefined,
): Promise<void> {
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
}

/** If somebody else has connected to it, it stays, and the next run sweeps it. */
async function drop(maker: Connection, name: string): Promise<void> {
  await maker.query({ sql: `DROP DATABASE IF EXISTS ${quoteIdentifier(name)}` }).catch(() => {});
}

import { setTimeout as sleep } from "node:timers/promises";
import { DatabaseError } from "../../driver/database_error.ts";
import type { Connection } from "../../driver/driver.ts";
import { ToolError } from "../../error.ts";
import { occupantsOf } from "./occupants.ts";
import { unavailable } from "./unavailable.ts";

/** A schema whose presence means that everything else in the database is ours. */
const mark = "migrate_scratch";

/**
 * Uses the database of `connection` as a scratch database. It must be empty, or left behind by an
 * earlier run that used it in this way. Returns a function that empties it again.
 *
 * @throws {ToolError} `scratch/unavailable` if it contains something else, `lock/busy` if another run
 * keeps using it.
 */
export async function occupy(
  connection: Connection,
  { signal }: { readonly signal?: AbortSignal | undefined },
): Promise<() => Promise<void>> {
  await lock(connection, signal);
  const there = await occupantsOf(connection);
  const [first] = there;
  if (there.some((it) => it.name === `schema ${mark}`)) await empty(connection);
  else if (first !== undefined) {
    throw unavailable(
      `the role may not create databases, and the one that scratch_url names is not empty: it has the ${first.name}`,
    );
  }
  await makeMark(connection);
  // The next run tries again to drop what cannot be dropped now.
  return () => empty(connection).catch(() => {});
}

async function makeMark(connection: Connection): Promise<void> {
  try {
    await connection.query({ sql: `CREATE SCHEMA ${mark}` });
  } catch (error) {
    // insufficient_privilege
    if (!(error instanceof DatabaseError) || error.answer.sqlState !== "42501") throw error;
    throw unavailable(
      "the role may create neither databases, nor schemas in the one that scratch_url names",
      error,
    );
  }
}

/** Drops the mark last, so that the next run completes an interrupted cleanup. */
async function empty(connection: Connection): Promise<void> {
  await connection.query({ sql: "RESET SESSION AUTHORIZATION" });
  await connection.query({ sql: "RESET ROLE" });
  const there = await occupantsOf(connection);
  const isMark = ({ name }: { readonly name: string }) => name === `schema ${mark}`;
  for (const { drop } of there.filter((it) => !isMark(it))) await connection.query({ sql: drop });
  await connection.query({ sql: `DROP SCHEMA IF EXISTS ${mark}` });
}

/**
 * Polls: a session that waits in the server would keep the other's CREATE INDEX CONCURRENTLY from
 * completing.
 */
async function lock(connection: Connection, signal: AbortSignal | undefined): Promise<void> {
  const sql = `SELECT pg_try_advisory_lock(hashtextextended('${mark}', 0)) AS got`;
  for (let waited = 0; waited < mostMilliseconds; waited += pauseMilliseconds) {
    const [row] = await connection.query({ sql });
    if (row?.["got"] === true) return;
    await sleep(pauseMilliseconds, undefined, { ...(signal && { signal }) });
  }
  throw new ToolError("lock/busy", "Cannot use the scratch database: another run is using it", {
    hint: "Wait until it has finished, or let the role create databases: then each run has its own",
  });
}

const pauseMilliseconds = 100;
const mostMilliseconds = 60_000;

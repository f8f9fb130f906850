import { expect, setDefaultTimeout, test } from "bun:test";
import { openDatabase } from "../../../lib/database/open_database.ts";
import { openScratch } from "../../../lib/database/scratch/open_scratch.ts";
import { parseDatabaseUrl } from "../../../lib/database/parse_database_url.ts";
import type { Live } from "../../../lib/database/scratch/scratch.ts";
import { freshDatabase } from "../../servers/fresh_database.ts";

setDefaultTimeout(60_000);

/** A new database, open. */
async function live(): Promise<Live & AsyncDisposable> {
  const database = await freshDatabase("postgres");
  const url = parseDatabaseUrl(database.url);
  const { connection } = await openDatabase(url, { create: false });
  return {
    url,
    connection,
    [Symbol.asyncDispose]: async () => {
      await connection[Symbol.asyncDispose]();
      await database[Symbol.asyncDispose]();
    },
  };
}

async function scratchNames({ connection }: Live): Promise<readonly unknown[]> {
  const rows = await connection.query({
    sql: "SELECT datname AS name FROM pg_database WHERE datname LIKE 'migrate\\_scratch\\_%'",
  });
  return rows.map((it) => it["name"]);
}

test("openScratch() makes SQLite's in memory", async () => {
  await using scratch = await openScratch({ dialect: "sqlite" });
  await scratch.connection.query({ sql: "CREATE TABLE t (a)" });
  expect(scratch.serverVersion).toMatch(/^3\.\d+\.\d+$/);
});

test("openScratch() makes a database beside the live one, like it, and drops it", async () => {
  await using like = await live();
  await like.connection.query({ sql: "CREATE SCHEMA app; SET search_path = app, public" });
  await like.connection.query({ sql: "SET IntervalStyle = 'iso_8601'" });
  const { connection } = like;
  {
    await using scratch = await openScratch({ dialect: "postgres", scratch: "server", like });
    const [row] = await scratch.connection.query({
      sql:
        "SELECT current_database() AS name, current_schema() AS schema, current_setting('IntervalStyle') AS style",
    });
    expect(await scratchNames(like)).toContain(row?.["name"]);
    expect(row).toMatchObject({ schema: "app", style: "iso_8601" });
    await scratch.connection.query({ sql: "CREATE TABLE t (a int)" });
  }
  expect(await scratchNames(like)).toEqual([]);
  expect(await connection.query({ sql: "SELECT 1 FROM pg_class WHERE relname = 't'" })).toEqual([]);
});

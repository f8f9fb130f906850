import { afterAll, expect, setDefaultTimeout, test } from "bun:test";
import { randomBytes } from "node:crypto";
import { openDatabase } from "../../../lib/database/open_database.ts";
import { openScratch } from "../../../lib/database/scratch/open_scratch.ts";
import { parseDatabaseUrl } from "../../../lib/database/parse_database_url.ts";
import type { Live } from "../../../lib/database/scratch/scratch.ts";
import type { Row } from "../../../lib/sql/statement.ts";
import { freshDatabase } from "../../servers/fresh_database.ts";
import { until } from "../../until.ts";

setDefaultTimeout(60_000);

/** A new database with an open connection. */
async function live(as?: { readonly user: string; readonly password: string }) {
  const database = await freshDatabase("postgres");
  const open = async (change: (url: URL) => void) => {
    const url = new URL(database.url);
    change(url);
    const parsed = parseDatabaseUrl(url.href);
    if (parsed.kind !== "postgres") throw new Error("It is no PostgreSQL");
    const { connection } = await openDatabase(parsed, { create: false });
    return { url: parsed, connection };
  };
  const own = await open(() => {});
  const poor = as === undefined ? own : await open((url) =>
    Object.assign(url, {
      username: as.user,
      password: as.password,
    })
  );
  return {
    ...poor,
    /** Runs `sql` as the server's owner. */
    run: (sql: string): Promise<readonly Row[]> => own.connection.query({ sql }),
    [Symbol.asyncDispose]: async () => {
      await poor.connection[Symbol.asyncDispose]();
      await own.connection[Symbol.asyncDispose]();
      await database[Symbol.asyncDispose]();
    },
  };
}

type OpenLive = Awaited<ReturnType<typeof live>>;

const poor = { user: `poor_${randomBytes(4).toString("hex")}`, password: "p" };

/** A database whose role may not create databases. */
async function poorLive(): Promise<OpenLive> {
  await using owner = await live();
  await owner.run(
    `DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${poor.user}') THEN
      CREATE ROLE ${poor.user} LOGIN PASSWORD '${poor.password}'; END IF; END $$`,
  );
  const made = await live(poor);
  await made.run(`GRANT ALL ON SCHEMA public TO ${poor.user}`);
  await made.run(`GRANT ALL ON DATABASE ${databaseName(made)} TO ${poor.user}`);
  return made;
}

afterAll(async () => {
  await using owner = await live();
  await owner.run(`DROP ROLE IF EXISTS ${poor.user}`).catch(() => {});
});

function databaseName({ url }: Live): string {
  return url.kind === "postgres" ? url.database : "";
}

async function scratchNames({ run }: OpenLive): Promise<readonly unknown[]> {
  const rows = await run(
    "SELECT datname AS name FROM pg_database WHERE datname LIKE 'migrate\\_scratch\\_%'",
  );
  return rows.map((it) => it["name"]);
}

test("openScratch() opens a scratch database for SQLite", async () => {
  await using scratch = await openScratch({ dialect: "sqlite" });
  await scratch.connection.query({ sql: "CREATE TABLE t (a)" });
  expect(scratch.serverVersion).toMatch(/^3\.\d+\.\d+$/);
});

test("openScratch() creates a database beside the live one, with its settings, and drops it", async () => {
  await using like = await live();
  await like.run("CREATE SCHEMA app");
  await like.run("SET search_path = app, public");
  await like.run("SET IntervalStyle = 'iso_8601'");
  {
    await using scratch = await openScratch({ dialect: "postgres", scratch: "server", like });
    const [row] = await scratch.connection.query({
      sql:
        "SELECT current_database() AS name, current_schema() AS schema, current_setting('IntervalStyle') AS style",
    });
    expect(await scratchNames(like)).toContain(row?.["name"]);
    expect(row).toMatchObject({ schema: "app", style: "iso_8601" });
    await scratch.connection.query({ sql: "CREATE TABLE t (a int)" });
    await scratch.connection.query({
      sql: "SET search_path = ''; SET check_function_bodies = off",
    });
    await scratch.reset();
    expect(await scratch.connection.query({ sql: "SELECT current_schema() AS s" })).toEqual([
      { s: "app" },
    ]);
  }
  expect(await scratchNames(like)).toEqual([]);
  expect(await like.run("SELECT 1 FROM pg_class WHERE relname = 't'")).toEqual([]);
});

const kinds = [
  "LOCALE_PROVIDER icu ICU_LOCALE 'de' LOCALE 'C'",
  "ENCODING 'LATIN1' LOCALE 'C' LOCALE_PROVIDER libc",
  "LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C'",
];

for (const kind of kinds) {
  test(`openScratch() creates a database like a live one with ${kind}`, async () => {
    await using owner = await live();
    const name = `like_${randomBytes(4).toString("hex")}`;
    await owner.run(`CREATE DATABASE ${name} TEMPLATE template0 ${kind}`);
    try {
      const url = { ...owner.url, database: name };
      await using opened = await openDatabase(url, { create: false });
      const like = { url, connection: opened.connection };
      await using scratch = await openScratch({ dialect: "postgres", scratch: "server", like });
      const facts = {
        sql:
          `SELECT pg_encoding_to_char(encoding) AS encoding, datcollate, datctype, datlocprovider, datlocale
          FROM pg_database WHERE datname = current_database()`,
      };
      const found = await scratch.connection.query(facts);
      expect(found).toHaveLength(1);
      expect(found).toEqual(await like.connection.query(facts));
    } finally {
      await owner.run(`DROP DATABASE ${name}`);
    }
  });
}

test("openScratch() drops what a dead run has left behind, but nothing in use or of others", async () => {
  await using like = await live();
  const mark = (text: string) => `COMMENT ON DATABASE ${text}`;
  const gone = '{"scratch": "migrate", "backend": 1, "since": "1.5"}';
  const [row] = await like.run(
    "SELECT pid, extract(epoch FROM backend_start)::text AS since FROM pg_stat_activity WHERE pid = pg_backend_pid()",
  );
  const alive = JSON.stringify({
    scratch: "migrate",
    backend: row?.["pid"],
    since: row?.["since"],
  });
  const names = ["gone", "alive", "connected", "foreign"].map((it) => `migrate_scratch_${it}`);
  try {
    for (const it of names) await like.run(`CREATE DATABASE ${it}`);
    await like.run(mark(`migrate_scratch_gone IS '${gone}'`));
    await like.run(mark(`migrate_scratch_connected IS '${gone}'`));
    await like.run(mark(`migrate_scratch_alive IS '${alive}'`));
    await like.run(mark(`migrate_scratch_foreign IS 'mine'`));
    const connected = { ...like.url, database: "migrate_scratch_connected" };
    await using _ = await openDatabase(connected, { create: false });
    await using scratch = await openScratch({ dialect: "postgres", like });
    expect(scratch.kind).toBe("server");
    expect((await scratchNames(like)).filter((it) => names.some((name) => name === it)).toSorted())
      .toEqual(names.filter((it) => !it.endsWith("gone")).toSorted());
  } finally {
    for (const it of names) await like.run(`DROP DATABASE IF EXISTS ${it} WITH (FORCE)`);
  }
});

test("openScratch() gives a role without CREATEDB an embedded database, or names the other ways", async () => {
  await using like = await poorLive();
  {
    await using scratch = await openScratch({ dialect: "postgres", like });
    expect(scratch.kind).toBe("embedded");
    expect(scratch.serverVersion).toMatch(/^18\./);
  }
  await expect(openScratch({ dialect: "postgres", scratch: "server", like })).rejects.toMatchObject(
    {
      code: "scratch/unavailable",
      message: "Cannot create a scratch database: the role may not create databases",
      facts: { hint: expect.stringMatching(/scratch_url.*"embedded".*CREATEDB/) },
    },
  );
  await expect(openScratch({ dialect: "postgres", scratch: "server" })).rejects.toMatchObject({
    code: "scratch/unavailable",
  });
});

test("openScratch() uses a scratch_url itself if its role lacks CREATEDB, and leaves it empty", async () => {
  await using own = await poorLive();
  const scratchUrl = own.url;
  const occupied = () =>
    own.run("SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace");
  for (let round = 0; round < 2; round++) {
    await using scratch = await openScratch({ dialect: "postgres", scratchUrl });
    const run = (sql: string) => scratch.connection.query({ sql });
    expect(await run("SELECT current_database() AS name")).toEqual([{ name: own.url.database }]);
    await run("CREATE TABLE t (id serial PRIMARY KEY, b int GENERATED ALWAYS AS IDENTITY)");
    await run("CREATE VIEW v AS SELECT id FROM t");
    await run(
      "CREATE TYPE mood AS ENUM ('a'); CREATE TYPE pair AS (a int, b int); CREATE DOMAIN d AS text",
    );
    await run("CREATE FUNCTION f(mood) RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE SCHEMA app");
    await run("CREATE TABLE app.u (m mood, d d); SET search_path = app");
  }
  expect(await occupied()).toEqual([]);
  expect(await own.run("SELECT 1 FROM pg_type WHERE typname IN ('mood', 'pair', 'd')")).toEqual([]);
  expect(await own.run("SELECT 1 FROM pg_namespace WHERE nspname IN ('app', 'migrate_scratch')"))
    .toEqual([]);
});

test("openScratch() refuses a scratch_url that has tables, unless an earlier run left them", async () => {
  await using own = await poorLive();
  await own.connection.query({ sql: "CREATE TABLE precious (a int)" });
  await expect(openScratch({ dialect: "postgres", scratchUrl: own.url })).rejects.toMatchObject({
    code: "scratch/unavailable",
    message: expect.stringContaining("it has the table public.precious"),
  });
  expect(await own.run("SELECT count(*) AS n FROM precious")).toEqual([{ n: 0 }]);
  await own.connection.query({ sql: "CREATE SCHEMA migrate_scratch" });
  await using scratch = await openScratch({ dialect: "postgres", scratchUrl: own.url });
  const left = scratch.connection.query({ sql: "SELECT 1 FROM precious" });
  await expect(left).rejects.toThrow("does not exist");
});

test("openScratch() refuses a scratch_url of another dialect", async () => {
  const scratchUrl = parseDatabaseUrl("sqlite:///x.db");
  await expect(openScratch({ dialect: "postgres", scratchUrl })).rejects.toMatchObject({
    code: "config/invalid",
  });
});

test("openScratch() cancels the running statement on an interrupt, and drops the database", async () => {
  await using like = await live();
  const interrupt = new AbortController();
  const run = async () => {
    await using scratch = await openScratch({
      dialect: "postgres",
      like,
      signal: interrupt.signal,
    });
    const sleeping = scratch.connection.query({ sql: "SELECT pg_sleep(600)" });
    const running = `SELECT pid FROM pg_stat_activity
      WHERE pid = ${scratch.connection.backend} AND query LIKE 'SELECT pg_sleep%'`;
    await until(async () => (await like.run(running)).length > 0);
    interrupt.abort();
    await sleeping;
  };
  await expect(run()).rejects.toThrow("canceling statement due to user request");
  expect(await scratchNames(like)).toEqual([]);
});

import { expect, test } from "bun:test";
import { connect } from "../driver/connect.ts";
import { freshDatabase } from "../servers/fresh_database.ts";
import { ended, type Project, project, sqlRevision, untilSaid } from "./project.ts";
import { query, run, untilRows, versions } from "./query.ts";

const longest = 60_000;
const indexes = "SELECT relname, indisvalid FROM pg_index JOIN pg_class ON oid = indexrelid " +
  "WHERE indrelid = 'a'::regclass ORDER BY relname";

function build(it: Project, up: string): void {
  it.write(
    "migrations/versions/1.sql",
    sqlRevision({ id: "one", up, more: ["-- transaction: false"] }),
  );
}

test(
  "a unique index that fails to build is dropped, and other invalid indexes are not",
  async () => {
    for (const name of ["ix", ""]) {
      await using database = await freshDatabase("postgres");
      await run(database.url, "CREATE TABLE a (id INTEGER); INSERT INTO a VALUES (1), (1)");
      await run(database.url, "CREATE UNIQUE INDEX CONCURRENTLY other ON a (id)").catch(() => {});
      const other = { relname: "other", indisvalid: false };
      using it = project({ env: { DATABASE_URL: database.url } });
      build(it, `SELECT 1;\nCREATE UNIQUE INDEX CONCURRENTLY ${name} ON a (id);`);
      const { status, stderr } = await it.migrate("upgrade", "head");
      expect(status).toBe(1);
      expect(stderr).toContain("could not create unique index");
      const made = `public.${name || "a_id_idx"}`;
      expect(stderr).toContain(`The invalid index ${made} that it left has been dropped`);
      expect(stderr).toContain(
        'The first statement of this revision is done and stays: "migrate upgrade one" continues after it\n',
      );
      expect(await query(database.url, indexes)).toEqual([other]);
      await run(database.url, "DELETE FROM a WHERE ctid = (SELECT min(ctid) FROM a)");
      await it.ok("upgrade", "head");
      const built = { relname: name || "a_id_idx", indisvalid: true };
      expect(await query(database.url, indexes)).toEqual([built, other]);
      expect(await versions(database.url)).toEqual(["one"]);
    }
  },
  longest,
);

test(
  "an invalid index of the same name is dropped and rebuilt, also with IF NOT EXISTS",
  async () => {
    for (const clause of ["", "IF NOT EXISTS "]) {
      await using database = await freshDatabase("postgres");
      await run(database.url, "CREATE TABLE a (id INTEGER); INSERT INTO a VALUES (1), (1)");
      const broken = run(database.url, "CREATE UNIQUE INDEX CONCURRENTLY ix ON a (id)");
      await broken.catch(() => {});
      expect(await query(database.url, indexes)).toEqual([{ relname: "ix", indisvalid: false }]);
      using it = project({ env: { DATABASE_URL: database.url } });
      build(it, `CREATE INDEX CONCURRENTLY ${clause}ix ON a (id);`);
      const { stderr, status } = await it.migrate("upgrade", "head");
      expect(status).toBe(0);
      expect(stderr).toContain("Dropping the invalid index public.ix");
      expect(await query(database.url, indexes)).toEqual([{ relname: "ix", indisvalid: true }]);
    }
  },
  longest,
);

test(
  "IF NOT EXISTS is an error if something other than an index has the name",
  async () => {
    await using database = await freshDatabase("postgres");
    await run(database.url, "CREATE TABLE a (id INTEGER); CREATE TABLE ix (id INTEGER)");
    using it = project({ env: { DATABASE_URL: database.url } });
    build(it, "CREATE INDEX CONCURRENTLY IF NOT EXISTS ix ON a (id);");
    const { status, stderr } = await it.migrate("upgrade", "head");
    expect(status).toBe(1);
    expect(stderr).toContain("there is no index ix on a, but something else has its name");
    expect(await versions(database.url)).toEqual([]);
  },
  longest,
);

/** A build that waits has its index in the catalogue, still invalid. */
const building = "SELECT pid FROM pg_stat_progress_create_index WHERE phase LIKE 'waiting%'";

/** Makes the table, and returns a transaction on it that every concurrent build waits for. */
async function writingTo(
  url: string,
  ...more: readonly string[]
): Promise<{ commit(): Promise<void> }> {
  await run(url, "CREATE TABLE a (id INTEGER)", ...more);
  const writer = await connect(url);
  await writer.query({ sql: "BEGIN" });
  await writer.query({ sql: "INSERT INTO a VALUES (1)" });
  return {
    commit: async () => {
      await writer.query({ sql: "COMMIT" });
      await writer[Symbol.asyncDispose]();
    },
  };
}

async function pidOfBuild(url: string): Promise<unknown> {
  const [row] = await untilRows(url, building);
  return row?.["pid"];
}

test("an index build whose session is lost is repeated by the next run", async () => {
  await using database = await freshDatabase("postgres");
  const writer = await writingTo(database.url);
  using it = project({ env: { DATABASE_URL: database.url } });
  build(it, "CREATE INDEX CONCURRENTLY ix ON a (id);");
  const child = it.start(["upgrade", "head"]);
  await run(database.url, `SELECT pg_terminate_backend(${await pidOfBuild(database.url)})`);
  const lost = await ended(child);
  expect(lost.status).toBe(5);
  expect(lost.stderr).toContain("migrations/versions/1.sql:6");
  await writer.commit();
  expect(await query(database.url, indexes)).toEqual([{ relname: "ix", indisvalid: false }]);
  expect((await it.migrate("current")).stderr).toContain(
    "statement 1 of 1 (migrations/versions/1.sql:6) was running",
  );
  await it.ok("upgrade", "head");
  expect(await query(database.url, indexes)).toEqual([{ relname: "ix", indisvalid: true }]);
  expect(await versions(database.url)).toEqual(["one"]);
}, longest);

test(
  "a blocked index build stops at an interrupt, and is repeated by the next run",
  async () => {
    await using database = await freshDatabase("postgres");
    const writer = await writingTo(database.url);
    using it = project({ env: { DATABASE_URL: database.url } });
    build(it, "CREATE INDEX CONCURRENTLY ix ON a (id);");
    const child = it.start(["upgrade", "head"]);
    await pidOfBuild(database.url);
    child.kill("SIGINT");
    const { stderr, status } = await ended(child);
    expect(status).toBe(130);
    expect(stderr).toContain("Interrupted: what was not committed has been rolled back");
    expect(await query(database.url, indexes)).toEqual([{ relname: "ix", indisvalid: false }]);
    await writer.commit();
    await it.ok("upgrade", "head");
    expect(await query(database.url, indexes)).toEqual([{ relname: "ix", indisvalid: true }]);
  },
  longest,
);

for (const what of ["TABLE CONCURRENTLY a", "INDEX CONCURRENTLY ix"]) {
  test(`REINDEX ${what} whose session is lost is cleaned up and repeated`, async () => {
    await using database = await freshDatabase("postgres");
    const writer = await writingTo(database.url, "CREATE INDEX ix ON a (id)");
    using it = project({ env: { DATABASE_URL: database.url } });
    build(it, `REINDEX ${what};`);
    const child = it.start(["upgrade", "head"]);
    await run(database.url, `SELECT pg_terminate_backend(${await pidOfBuild(database.url)})`);
    expect(await child.exited).toBe(5);
    await writer.commit();
    expect(await query(database.url, indexes)).toEqual([
      { relname: "ix", indisvalid: true },
      { relname: "ix_ccnew", indisvalid: false },
    ]);
    const { stderr, status } = await it.migrate("upgrade", "head");
    expect(stderr).toContain("Dropping the invalid index public.ix_ccnew");
    expect(status).toBe(0);
    expect(await query(database.url, indexes)).toEqual([{ relname: "ix", indisvalid: true }]);
    expect(await versions(database.url)).toEqual(["one"]);
  }, longest);
}

test("an index that another session is still building is waited for", async () => {
  await using database = await freshDatabase("postgres");
  const writer = await writingTo(database.url);
  using it = project({ env: { DATABASE_URL: database.url } });
  build(it, "SELECT 1;\nCREATE INDEX CONCURRENTLY IF NOT EXISTS ix ON a (id);");
  await using other = await connect(database.url);
  const built = other.query({ sql: "CREATE INDEX CONCURRENTLY ix ON a (id)" });
  const building = `pid ${await pidOfBuild(database.url)} is still building the index public.ix\n`;
  const busy = await it.migrate("upgrade", "head", "--lock-wait", "0.5");
  expect(busy.status).toBe(4);
  expect(busy.stderr).toContain(`Note: Waiting: ${building}Error: Cannot continue: ${building}`);
  expect(busy.stderr).toContain("The first statement of this revision is done and stays");
  expect(busy.stderr).not.toContain("another run");
  const waiting = it.start(["upgrade", "head"]);
  await untilSaid(waiting, "is still building");
  await writer.commit();
  await built;
  expect(await waiting.exited).toBe(0);
  expect(await query(database.url, indexes)).toEqual([{ relname: "ix", indisvalid: true }]);
  expect(await versions(database.url)).toEqual(["one"]);
}, longest);

import { expect, test } from "bun:test";
import { statSync } from "node:fs";
import { connect } from "../driver/connect.ts";
import { freshDatabase } from "../servers/fresh_database.ts";
import { deafProxy, libsqlProxy } from "../servers/libsql_proxy.ts";
import { silentServer } from "../servers/silent_server.ts";
import { until } from "../until.ts";
import { ended, type Project, project, restSaid, sqlRevision, untilSaid } from "./project.ts";
import { query, untilRuns, versions } from "./query.ts";

const longest = 60_000;

const sleeping =
  "SELECT pid FROM pg_stat_activity WHERE state = 'active' AND query LIKE 'SELECT pg_sleep%'";

/** What a run says when it gives up waiting for its work to stop. */
const givenUp = "Stopped without waiting any longer";

/** Sends `signal` to `child`, and returns what it says from then on and how it ends. */
async function stopped(
  child: ReturnType<Project["start"]>,
  signal: "SIGINT" | "SIGTERM" | "SIGHUP",
): Promise<{ readonly said: string; readonly status: number }> {
  child.kill(signal);
  const [said, status] = await Promise.all([restSaid(child), child.exited]);
  return { said, status };
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  test(
    `postgres: ${signal} stops the statement on the server, rolls back, and exits with 130`,
    async () => {
      await using database = await freshDatabase("postgres");
      using it = project({ env: { DATABASE_URL: database.url } });
      const up = "CREATE TABLE a (id INTEGER);\nSELECT pg_sleep(60);";
      it.write("migrations/versions/0.sql", sqlRevision({ id: "zero" }));
      it.write("migrations/versions/1.sql", sqlRevision({ id: "one", down: ["zero"], up }));
      const child = it.start(["upgrade", "head"]);
      await untilRuns(database.url, "SELECT pg_sleep");
      const { said, status } = await stopped(child, signal);
      expect(status).toBe(130);
      expect(said).toContain("Interrupted: what was not committed has been rolled back");
      expect(said).toContain("No step was committed; the database is at base");
      expect(await versions(database.url)).toEqual([]);
      expect(await query(database.url, sleeping)).toEqual([]);
      expect(await query(database.url, "SELECT revision, outcome FROM migrate_history")).toEqual([
        { revision: "one", outcome: "failed" },
      ]);
      const locks = "SELECT * FROM pg_locks WHERE locktype = 'advisory'";
      expect(await query(database.url, locks)).toEqual([]);
    },
    longest,
  );
}

test(
  "postgres: an interrupt outside a transaction says how far it got, and the next run resumes",
  async () => {
    await using database = await freshDatabase("postgres");
    using it = project({ env: { DATABASE_URL: database.url } });
    const up = "CREATE TABLE a (id INTEGER);\nVACUUM a;\nSELECT pg_sleep(60);";
    const more = ["-- transaction: false"];
    it.write("migrations/versions/1.sql", sqlRevision({ id: "one", up, more }));
    const child = it.start(["upgrade", "head"]);
    await untilRuns(database.url, "SELECT pg_sleep");
    const { said, status } = await stopped(child, "SIGINT");
    expect(status).toBe(130);
    expect(said).toContain("Interrupted: what was not committed has been rolled back");
    expect(said).toContain(
      `The first 2 statements of this revision are done and stay: "migrate upgrade one" continues after them`,
    );
    const quick = up.replace("60", "0");
    it.write("migrations/versions/1.sql", sqlRevision({ id: "one", up: quick, more }));
    expect((await it.migrate("upgrade", "head")).stderr).toContain(
      "Resuming at statement 3 of 3",
    );
    expect(await versions(database.url)).toEqual(["one"]);
  },
  longest,
);

test(
  "postgres: an interrupted CALL that may have committed must be settled by migrate resume",
  async () => {
    await using database = await freshDatabase("postgres");
    using it = project({ env: { DATABASE_URL: database.url } });
    const up = `CREATE TABLE a (id INTEGER);
CREATE PROCEDURE fill() LANGUAGE plpgsql AS $$ BEGIN
  INSERT INTO a VALUES (1); COMMIT; PERFORM pg_sleep(60); END $$;
CALL fill();`;
    const more = ["-- transaction: false"];
    it.write("migrations/versions/1.sql", sqlRevision({ id: "one", up, more }));
    const child = it.start(["upgrade", "head"]);
    await untilRuns(database.url, "CALL fill", "wait_event = 'PgSleep'");
    const { said, status } = await stopped(child, "SIGINT");
    expect(status).toBe(130);
    expect(said).toContain(
      `The first 2 statements of this revision are done and stay. Settle with "migrate resume one" whether this one was done\n`,
    );
    expect((await it.migrate("upgrade", "head")).stderr).toContain(
      "it is not known whether its statement 3 of 3 was done",
    );
  },
  longest,
);

/** None of them ends by itself. */
const endless = "WITH RECURSIVE c (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c)";
const slow = {
  "a statement": `INSERT INTO a ${endless} SELECT x FROM c;`,
  "a query in op.run": `await db.query(\`${endless} SELECT max(x) FROM c\`);`,
  "many small queries in op.run": `for (;;) await db.query("INSERT INTO a VALUES (1)");`,
  "many small operations in op.run": `for (;;) await op.execute("INSERT INTO a VALUES (1)");`,
};

for (const [name, what] of Object.entries(slow)) {
  test(
    `sqlite: an interrupt rolls back ${name} at once, and keeps committed steps`,
    async () => {
      await using database = await freshDatabase("sqlite");
      using it = project({ env: { DATABASE_URL: database.url } });
      it.write("migrate.toml", "transaction_per_migration = true\n");
      it.write(
        "migrations/versions/1.sql",
        sqlRevision({ id: "one", up: "CREATE TABLE a (id INTEGER);" }),
      );
      const [path, text] = name === "a statement"
        ? ["2.sql", sqlRevision({ id: "two", down: ["one"], up: `${what}` })]
        : [
          "2.ts",
          `import type { Operations } from "migrate";
export const revision = "two";
export const downRevision = "one";
export function upgrade(op: Operations): void {
  op.execute("INSERT INTO a VALUES (0)");
  op.run("count", async (db, op) => {
    console.log("it counts");
    ${what}
  });
}
`,
        ];
      it.write(`migrations/versions/${path}`, text);
      const child = it.start(["upgrade", "head"]);
      if (name === "a statement") {
        // SQLite writes to the file what does not fit into memory.
        const file = database.url.replace("sqlite:///", "");
        await until(() => (statSync(file, { throwIfNoEntry: false })?.size ?? 0) > 2 ** 20);
      } else await untilSaid(child, "it counts");
      const { said, status } = await stopped(child, "SIGINT");
      expect(said).not.toContain(givenUp);
      expect(said).toContain("Interrupted: what was not committed has been rolled back");
      expect(said).toContain("1 step was committed; the database is at one");
      expect(status).toBe(130);
      expect(await versions(database.url)).toEqual(["one"]);
      expect(await query(database.url, "SELECT count(*) AS n FROM a")).toEqual([{ n: 0 }]);
      const log = "SELECT outcome FROM migrate_history WHERE revision = 'two'";
      expect(await query(database.url, log)).toEqual([{ outcome: "failed" }]);
      expect(await query(database.url, "PRAGMA integrity_check")).toEqual([
        { integrity_check: "ok" },
      ]);
    },
    longest,
  );
}

for (const kind of ["postgres", "sqlite"] as const) {
  test(
    `${kind}: a second signal stops code that never ends, and rolls it back`,
    async () => {
      await using database = await freshDatabase(kind);
      using it = project({ env: { DATABASE_URL: database.url } });
      it.write(
        "migrations/versions/1.ts",
        `import { column, integer, type Operations } from "migrate";
export const revision = "one";
export const downRevision = null;
export function upgrade(op: Operations): void {
  op.createTable("a", column("id", integer(), { primaryKey: true }));
  op.run("wait", async () => {
    process.once("SIGINT", () => setTimeout(() => console.log("still waiting"), 100));
    console.log("waiting");
    await new Promise(() => {});
  });
}
`,
      );
      const child = it.start(["upgrade", "head"]);
      await untilSaid(child, "waiting");
      child.kill("SIGINT");
      await untilSaid(child, "still waiting");
      const { said, status } = await stopped(child, "SIGINT");
      expect(said).not.toContain(givenUp);
      expect(said).toContain(
        "Error: Stopped at once: the database rolls back what was not committed\n" +
          "  No step was committed; the database is at base\n",
      );
      expect(status).toBe(130);
      expect(await versions(database.url)).toEqual([]);
    },
    longest,
  );
}

test("postgres: a run that is stopped while the server commits claims nothing", async () => {
  await using database = await freshDatabase("postgres");
  using it = project({ env: { DATABASE_URL: database.url } });
  const up = `CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS
  $$ BEGIN PERFORM pg_sleep(30); RETURN NEW; EXCEPTION WHEN query_canceled THEN
    PERFORM pg_sleep(30); RETURN NEW; END $$;
CREATE TABLE a (id INTEGER);
CREATE CONSTRAINT TRIGGER wait AFTER INSERT ON a DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION wait();
INSERT INTO a VALUES (1);`;
  it.write("migrations/versions/1.sql", sqlRevision({ id: "one", up }));
  const child = it.start(["--json", "upgrade", "head"]);
  await untilRuns(database.url, "COMMIT", "wait_event = 'PgSleep'");
  child.kill("SIGINT");
  // The first one cancels the wait, which begins again.
  await Bun.sleep(500);
  child.kill("SIGINT");
  const { stdout, status } = await ended(child);
  expect(status).toBe(130);
  expect(JSON.parse(stdout)).toMatchObject({
    error: { code: "interrupted", message: expect.stringContaining("Stopped at once") },
    steps: [],
    from: [],
    to: null,
  });
}, longest);

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  test(`libsql: ${signal} stops waiting for a server that never answers`, async () => {
    await using server = await silentServer(() => child.kill(signal));
    using it = project({ env: { DATABASE_URL: `${server.url}?connect_timeout=0` } });
    it.write("migrations/versions/.keep", "");
    const child = it.start(["current"]);
    expect(await restSaid(child)).toBe("Error: Interrupted\n");
    expect(await child.exited).toBe(130);
  }, longest);
}

const endlessInsert = `INSERT INTO a ${endless} SELECT x FROM c`;
const onLibsql = {
  "a batch": sqlRevision({ id: "two", down: ["one"], up: `${endlessInsert};` }),
  "a query in op.run": `
export const revision = "two";
export const downRevision = "one";
export function upgrade(op) {
  op.execute("INSERT INTO a VALUES (0)");
  op.run("count", (db) => db.query("${endlessInsert}"));
}
`,
};

for (const [name, text] of Object.entries(onLibsql)) {
  test(`libsql: an interrupt abandons ${name} at once, and the server rolls back`, async () => {
    await using database = await freshDatabase("libsql");
    await using proxy = libsqlProxy(
      database.url,
      (text) => void (/RECURSIVE/.test(text) && child.kill("SIGTERM")),
    );
    using it = project({ env: { DATABASE_URL: proxy.url } });
    const first = sqlRevision({ id: "one", up: "CREATE TABLE a (id INTEGER);" });
    it.write("migrations/versions/1.sql", first);
    it.write(`migrations/versions/2.${name === "a batch" ? "sql" : "ts"}`, text);
    const child = it.start(["upgrade", "head"]);
    const said = await restSaid(child);
    expect(said).not.toContain(givenUp);
    expect(said).toContain("Interrupted: what was not committed has been rolled back");
    expect(said).toContain("1 step was committed; the database is at one");
    expect(await child.exited).toBe(130);
    expect(await versions(database.url)).toEqual(["one"]);
    expect(await query(database.url, "SELECT count(*) AS n FROM a")).toEqual([{ n: 0 }]);
    const log = "SELECT outcome FROM migrate_history WHERE revision = 'two'";
    expect(await query(database.url, log)).toEqual([{ outcome: "failed" }]);
  }, longest);
}

test(
  "libsql: a batch that goes on after the interrupt is waited for, and counts as done",
  async () => {
    await using database = await freshDatabase("libsql");
    await using proxy = deafProxy(
      database.url,
      (text) => void (/RECURSIVE/.test(text) && child.kill("SIGTERM")),
    );
    using it = project({ env: { DATABASE_URL: proxy.url } });
    const rows =
      "WITH RECURSIVE c (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 300000)";
    const up = `CREATE TABLE a (id INTEGER);\nINSERT INTO a ${rows} SELECT x FROM c;`;
    it.write("migrations/versions/1.sql", sqlRevision({ id: "one", up }));
    const child = it.start(["upgrade", "head"]);
    const said = await restSaid(child);
    expect(said).toBe(`Database: ${proxy.url}\nRunning upgrade  -> one, one\n`);
    expect(await child.exited).toBe(0);
    expect(await versions(database.url)).toEqual(["one"]);
    expect(await query(database.url, "SELECT count(*) AS n FROM a")).toEqual([{ n: 300000 }]);
  },
  longest,
);

test("libsql: a batch that committed before the interrupt counts as done", async () => {
  await using database = await freshDatabase("libsql");
  await using direct = await connect(database.url);
  await using proxy = libsqlProxy(database.url, async (text) => {
    if (!/INTO late/.test(text)) return;
    // As if its answer were on the way at the interrupt.
    await direct.batch([
      { sql: "CREATE TABLE late (x)" },
      { sql: "UPDATE alembic_version SET version_num = 'two' WHERE version_num = 'one'" },
    ]);
    child.kill("SIGTERM");
    await new Promise(() => {});
  });
  using it = project({ env: { DATABASE_URL: proxy.url } });
  const first = sqlRevision({ id: "one", up: "CREATE TABLE a (id INTEGER);" });
  // The version table tells its rows in another order than they came.
  it.write("migrations/versions/0.sql", sqlRevision({ id: "x" }));
  await it.ok("upgrade", "x");
  it.write("migrations/versions/1.sql", first);
  const second = "CREATE TABLE late (x);\nINSERT INTO late VALUES (1);";
  it.write("migrations/versions/2.sql", sqlRevision({ id: "two", down: ["one"], up: second }));
  it.write("migrations/versions/3.sql", sqlRevision({ id: "three", down: ["two"] }));
  const child = it.start(["upgrade", "three"]);
  const said = await restSaid(child);
  expect(said).toContain("Interrupted: what was not committed has been rolled back");
  expect(said).toContain("2 steps were committed; the database is at x, two");
  expect(await child.exited).toBe(130);
}, longest);

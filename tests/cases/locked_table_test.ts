import { expect, test } from "bun:test";
import { connect } from "../driver/connect.ts";
import type { Connection } from "../../lib/driver/driver.ts";
import { freshDatabase } from "../servers/fresh_database.ts";
import { pooledUrl, postgresServer } from "../servers/guarded_server.ts";
import { findPgbouncer } from "../servers/start_pgbouncer.ts";
import { ended, type Project, project, restSaid, sqlRevision, untilSaid } from "./project.ts";
import { query, untilRuns, versions } from "./query.ts";

const longest = 60_000;

/** A project of two revisions, whose database is at the first, and a session that is in a transaction. */
async function atFirst(): Promise<
  { readonly url: string; readonly it: Project; readonly other: Connection } & AsyncDisposable
> {
  const database = await freshDatabase("postgres");
  const it = project({ env: { DATABASE_URL: database.url } });
  const up = "CREATE TABLE t (id integer);";
  it.write("migrations/versions/1.sql", sqlRevision({ id: "one", up, downSql: "DROP TABLE t;" }));
  const more = { up: "INSERT INTO t VALUES (1);", downSql: "DELETE FROM t;" };
  it.write("migrations/versions/2.sql", sqlRevision({ id: "two", down: ["one"], ...more }));
  await it.ok("upgrade", "one");
  const other = await connect(database.url, { applicationName: "by hand" });
  await other.query({ sql: "BEGIN" });
  return {
    url: database.url,
    it,
    other,
    [Symbol.asyncDispose]: async () => {
      await other[Symbol.asyncDispose]();
      it[Symbol.dispose]();
      await database[Symbol.asyncDispose]();
    },
  };
}

const lock = { sql: "LOCK TABLE alembic_version IN ACCESS EXCLUSIVE MODE" };
const byHand = /by pid \d+ \(user migrate, application "by hand", idle in transaction for /;
const endIt = /Hint: Wait for it to end, end it with SELECT pg_terminate_backend\(\d+\), or /;

test(
  "commands that read a locked version table exit with 4 after lock_wait, and name the blocker",
  async () => {
    await using locked = await atFirst();
    const { it, other } = locked;
    await other.query(lock);
    it.write("migrate.toml", 'lock_wait = "700ms"\n');
    const lines = ["current", "status", "upgrade head --dry-run", "check --drift", "resume one"];
    await Promise.all(lines.map(async (line) => {
      const { status, stderr } = await it.migrate(...line.split(" "));
      expect({ line, status, stderr }).toEqual({
        line,
        status: 4,
        stderr: expect.stringContaining(
          "Error: Cannot read the version table: it stayed locked for 700 ms by pid ",
        ),
      });
      expect(stderr).toMatch(byHand);
      expect(stderr).toMatch(endIt);
    }));
    await other.query({ sql: "ROLLBACK" });
    await other.query({ sql: "BEGIN" });
    await other.query({ sql: "LOCK TABLE migrate_history" });
    await Promise.all(["current", "log", "upgrade head"].map(async (line) => {
      const { status, stderr } = await it.migrate(...line.split(" "));
      expect({ line, status }).toEqual({ line, status: 4 });
      expect(stderr).toContain("Cannot read the history: it stayed locked for 700 ms by pid ");
    }));
  },
  longest,
);

test("an interrupt ends every wait for a locked version table", async () => {
  await using locked = await atFirst();
  const { it, other, url } = locked;
  await other.query(lock);
  for (const line of ["current", "status", "upgrade head", "stamp head"]) {
    const child = it.start(line.split(" "));
    await untilRuns(url, "SELECT version_num", "wait_event_type = 'Lock'");
    child.kill("SIGINT");
    const { stderr, status } = await ended(child);
    expect({ line, stderr, status }).toEqual({
      line,
      stderr: expect.stringContaining("Error: Interrupted"),
      status: 130,
    });
  }
}, longest);

test("a run waits for a locked version table, and says so", async () => {
  await using locked = await atFirst();
  const { it, other, url } = locked;
  await other.query(lock);
  const busy = await it.migrate("upgrade", "head", "--lock-wait", "1", "--lock-retry", "1");
  expect(busy.status).toBe(4);
  expect(busy.stderr).toContain("Cannot read the version table: it stayed locked for 1 s by pid ");
  const child = it.start(["upgrade", "head"]);
  const said = await untilSaid(child, "has it locked");
  await other.query({ sql: "ROLLBACK" });
  await restSaid(child);
  expect(await child.exited).toBe(0);
  expect(said).toMatch(
    /^Waiting for the database: pid \d+ \(user migrate, application "by hand", .*\) has it locked$/m,
  );
  expect(await versions(url)).toEqual(["two"]);
}, longest);

test(
  "a locked version row is given up after lock_timeout, and retried for --lock-retry",
  async () => {
    await using locked = await atFirst();
    const { it, other, url } = locked;
    await other.query({ sql: "UPDATE alembic_version SET version_num = version_num" });
    const before = await versions(url);
    const busy = await it.migrate("downgrade", "base", "--lock-retry", "0.6");
    expect(busy.status).toBe(4);
    expect(busy.stderr).toContain("Blocked at DELETE FROM public.alembic_version ");
    expect(busy.stderr).toContain(
      "Error: Cannot downgrade one: the version table stayed locked for 600 ms by pid ",
    );
    expect(busy.stderr).toMatch(byHand);
    expect(await versions(url)).toEqual(before);
    const child = it.start(["upgrade", "head"]);
    await untilSaid(child, "Blocked at UPDATE public.alembic_version");
    await other.query({ sql: "ROLLBACK" });
    await restSaid(child);
    expect(await child.exited).toBe(0);
    expect(await query(url, "SELECT count(*)::int AS n FROM t")).toEqual([{ n: 1 }]);
  },
  longest,
);

test("a locked history ends a run with 4", async () => {
  await using locked = await atFirst();
  const { it, other, url } = locked;
  await other.query({ sql: "LOCK TABLE migrate_history IN SHARE MODE" });
  const { status, stderr } = await it.migrate("upgrade", "head", "--lock-retry", "0.6");
  expect(status).toBe(4);
  expect(stderr).toContain("Blocked at INSERT INTO public.migrate_history ");
  expect(stderr).toContain("the history stayed locked for 600 ms by pid ");
  expect(await versions(url)).toEqual(["one"]);
}, longest);

test.skipIf(findPgbouncer() === undefined)(
  "through a pooler, a locked version table ends a command with 4, too",
  async () => {
    await using locked = await atFirst();
    const { it, other, url } = locked;
    await other.query(lock);
    const pooled = await pooledUrl(await postgresServer(), new URL(url).pathname.slice(1));
    it.write("migrate.toml", 'lock_wait = "700ms"\n');
    const { status, stderr } = await it.migrate("current", "--database-url", pooled);
    expect([status, stderr]).toEqual([
      4,
      expect.stringContaining("it stayed locked for 700 ms by another session\n"),
    ]);
  },
  longest,
);

import { describe, expect, test } from "bun:test";
import { connect } from "../driver/connect.ts";
import { freshDatabase } from "../servers/fresh_database.ts";
import { pooledUrl, postgresServer } from "../servers/guarded_server.ts";
import { findPgbouncer } from "../servers/start_pgbouncer.ts";
import { type Project, project, sqlRevision } from "./project.ts";
import { query, run, untilRuns, versions } from "./query.ts";

const longest = 60_000;

/** A database, its URL through pgbouncer, and a project that knows only that. */
async function pooled(): Promise<
  { readonly direct: string; readonly url: string; readonly it: Project } & AsyncDisposable
> {
  const database = await freshDatabase("postgres");
  const url = await pooledUrl(await postgresServer(), new URL(database.url).pathname.slice(1));
  const it = project({ env: { DATABASE_URL: url } });
  return {
    direct: database.url,
    url,
    it,
    [Symbol.asyncDispose]: async () => {
      it[Symbol.dispose]();
      await database[Symbol.asyncDispose]();
    },
  };
}

/** Returns the revision `one`, which follows `zero` and has `body` in its line 7. */
function running(body: string): string {
  return `import type { Operations } from "migrate";
export const revision = "one";
export const downRevision = "zero";
export function upgrade(op: Operations): void {
  op.run("does something", async (db, op) => {
    void op;
    ${body}
  });
}
export function downgrade(): void {}
`;
}

describe.skipIf(findPgbouncer() === undefined)("through pgbouncer in transaction mode", () => {
  test("eight concurrent upgrades run every step once", async () => {
    await using there = await pooled();
    const { it, direct } = there;
    for (let n = 0; n < 10; n++) {
      it.write(
        `migrations/versions/r${n}.sql`,
        sqlRevision({
          id: `r${n}`,
          down: n === 0 ? [] : [`r${n - 1}`],
          up: `CREATE TABLE t${n} (id INTEGER PRIMARY KEY);\nSELECT pg_sleep(0.02);`,
        }),
      );
    }
    const ended = await Promise.all(Array.from({ length: 8 }, () => it.migrate("upgrade", "head")));
    expect(ended.filter((one) => one.status !== 0)).toEqual([]);
    expect(await versions(direct)).toEqual(["r9"]);
    const rows = await query(direct, "SELECT revision, outcome FROM migrate_history ORDER BY 1");
    expect(rows).toEqual(
      Array.from({ length: 10 }, (_, n) => ({ revision: `r${n}`, outcome: "done" })),
    );
    expect(ended.map((one) => one.stderr.match(/^Running upgrade/gm)?.length ?? 0).sort()).toEqual(
      [0, 0, 0, 0, 0, 0, 0, 10],
    );
  }, longest);

  test("a run that waits past --lock-wait exits with 4 and names the other run", async () => {
    await using there = await pooled();
    const { it, direct } = there;
    const slow = "CREATE TABLE t (id integer);\nSELECT pg_sleep(600);";
    it.write("migrations/versions/1.sql", sqlRevision({ id: "one", up: slow }));
    const first = it.start(["upgrade", "head"]);
    await untilRuns(direct, "SELECT pg_sleep");
    const { status, stderr } = await it.migrate("upgrade", "head", "--lock-wait", "0.3");
    expect(status).toBe(4);
    expect(stderr).toMatch(
      /Cannot start: another run is in progress: pid \d+, user migrate, application "migrate", from [\d.]+, since .*, as far as can be told through a connection pooler/,
    );
    first.kill("SIGINT");
    expect(await first.exited).toBe(130);
    expect(await query(direct, "SELECT to_regclass('t') AS t")).toEqual([{ t: null }]);
  }, longest);

  test.each([
    ["CREATE INDEX CONCURRENTLY ix ON t (id)", "it does not run in a transaction", true],
    [
      "SET search_path = elsewhere, public",
      "SET would stay in a session that others use next",
      false,
    ],
    ["SELECT set_config('search_path', 'public', false)", "set_config(…, false) would stay", false],
    ["CREATE TEMP TABLE x (id integer)", "a temporary table would stay", false],
    ["SELECT pg_advisory_lock(1)", "pg_advisory_xact_lock would not", false],
  ])("%s is refused with a reason, unless direct_url is set", async (sql, reason, alone) => {
    await using there = await pooled();
    const { it, direct } = there;
    await run(direct, "CREATE TABLE t (id integer)", "CREATE SCHEMA elsewhere");
    it.write("migrations/versions/0.sql", sqlRevision({ id: "zero", up: "CREATE TABLE u ();" }));
    it.write(
      "migrations/versions/1.sql",
      sqlRevision({
        id: "one",
        down: ["zero"],
        up: `${sql};`,
        more: alone ? ["-- transaction: false"] : [],
      }),
    );
    const refused = await it.migrate("upgrade", "head");
    expect(refused.status).toBe(1);
    expect(refused.stderr).toContain("Cannot run revision one through a connection pooler: ");
    expect(refused.stderr).toContain(reason);
    expect(refused.stderr).toContain(`1.sql:${alone ? 6 : 5}`);
    expect(refused.stderr).toContain("Hint: Set direct_url in the configuration, or DIRECT_URL");
    // Before anything ran.
    expect(await query(direct, "SELECT to_regclass('u') AS u")).toEqual([{ u: null }]);
    it.write(".env", "DIRECT=" + direct + "\n");
    it.write("migrate.toml", `direct_url = "\${DIRECT}"\n`);
    await it.ok("upgrade", "head");
    expect(await query(direct, "SELECT revision FROM migrate_history ORDER BY id")).toContainEqual({
      revision: "one",
    });
  }, longest);

  test("a setting in a file too large to be held is refused, too", async () => {
    await using there = await pooled();
    const { it, direct, url } = there;
    const rows = "INSERT INTO t VALUES (1);\n".repeat(50_000);
    const path = "SELECT pg_catalog.set_config('search_path', '', false);";
    const up = `CREATE TABLE t (id integer);\n${rows}${path}`;
    it.write("migrations/versions/1.sql", sqlRevision({ id: "one", up }));
    const { status, stderr } = await it.migrate("upgrade", "head");
    expect([status, stderr]).toEqual([1, expect.stringContaining("set_config(…, false) would")]);
    expect(stderr).toContain("1.sql:50006\n");
    expect(await query(direct, "SELECT to_regclass('t') AS t")).toEqual([{ t: null }]);
    for (let n = 0; n < 6; n++) {
      expect(await query(url, "SELECT current_setting('search_path') AS path")).toEqual([
        { path: '"$user", public' },
      ]);
    }
  }, longest);

  test.each([
    ["await db.query`SET search_path TO elsewhere`;", "SET LOCAL would not"],
    ["await db.query`select 1; select pg_advisory_lock(1)`;", "pg_advisory_xact_lock would not"],
    ['op.execute("create or replace temp view v as select 1");', "a temporary view would stay"],
    ["await db.query`do 'begin set work_mem = 64; end'`;", "SET LOCAL would not"],
  ])("%s in op.run is refused, unless direct_url is set", async (body, reason) => {
    await using there = await pooled();
    const { it, direct, url } = there;
    await run(direct, "CREATE SCHEMA elsewhere");
    it.write("migrations/versions/0.sql", sqlRevision({ id: "zero", up: "CREATE TABLE u ();" }));
    it.write("migrations/versions/1.ts", running(body));
    const refused = await it.migrate("upgrade", "head");
    expect([refused.status, refused.stderr]).toEqual([1, expect.stringContaining(reason)]);
    expect(refused.stderr).toContain("Cannot run revision one through a connection pooler: ");
    expect(refused.stderr).toContain("1.ts:7");
    expect(refused.stderr).toContain("Hint: Set direct_url in the configuration, or DIRECT_URL");
    expect(await query(direct, "SELECT to_regclass('u') AS u")).toEqual([{ u: null }]);
    expect(await query(url, "SELECT current_setting('search_path') AS path")).toEqual([
      { path: '"$user", public' },
    ]);
    it.write(".env", `DIRECT_URL=${direct}\n`);
    await it.ok("upgrade", "head");
  }, longest);

  test("what ends with the transaction is not refused in op.run", async () => {
    await using there = await pooled();
    const { it, direct } = there;
    it.write("migrations/versions/0.sql", sqlRevision({ id: "zero" }));
    const body = "await db.query`SET LOCAL work_mem = '5MB'`;" +
      "await db.query`SELECT set_config('search_path', 'public', true)`;";
    it.write("migrations/versions/1.ts", running(body));
    await it.ok("upgrade", "head");
    expect(await versions(direct)).toEqual(["one"]);
  }, longest);

  test("a direct_url to another database is refused", async () => {
    await using there = await pooled();
    await using other = await freshDatabase("postgres");
    there.it.write("migrations/versions/0.sql", sqlRevision({ id: "zero" }));
    there.it.write(".env", `DIRECT_URL=${other.url}\n`);
    const { status, stderr } = await there.it.migrate("upgrade", "head");
    expect(status).toBe(1);
    const name = (url: string) => new URL(url).pathname.slice(1);
    expect(stderr).toMatch(
      new RegExp(
        `Cannot go around the pooler: direct_url leads to the database "${
          name(other.url)
        }@\\d+", ` +
          `the pooler to "${name(there.direct)}@`,
      ),
    );
    expect(stderr).not.toContain("s3cret");
    expect(await query(other.url, "SELECT to_regclass('alembic_version') AS it")).toEqual([
      { it: null },
    ]);
  }, longest);

  test(
    "accept and resume --restart use direct_url, and a plain resume does not",
    async () => {
      await using there = await pooled();
      const { it, direct, url } = there;
      const place = (url: string) => `@127.0.0.1:${new URL(url).port}/`;
      it.write(".env", `DIRECT_URL=${direct}\n`);
      it.write("migrations/versions/0.sql", sqlRevision({ id: "zero", up: "CREATE TABLE u ();" }));
      const up = "CREATE TABLE t ();\nVACUUM t;\nSELECT no_such_function();";
      const more = ["-- transaction: false"];
      it.write("migrations/versions/1.sql", sqlRevision({ id: "one", down: ["zero"], up, more }));
      expect((await it.migrate("upgrade", "head")).status).toBe(1);
      expect((await it.migrate("resume", "one")).stderr).toContain(place(url));
      expect((await it.migrate("resume", "one", "--restart")).stderr).toContain(place(direct));
      const changed = sqlRevision({ id: "zero", up: "CREATE TABLE u (id integer);" });
      it.write("migrations/versions/0.sql", changed);
      expect((await it.migrate("accept", "zero", "--reason", "it has it")).stderr)
        .toContain(place(direct));
      expect(await query(direct, "SELECT reason FROM migrate_history WHERE reason IS NOT NULL"))
        .toEqual([{ reason: "--restart" }, { reason: "it has it" }]);
    },
    longest,
  );

  test(
    "settings and the role end with the transaction, and blockers are named",
    async () => {
      await using there = await pooled();
      const { it, direct, url } = there;
      const role = `owner_${crypto.randomUUID().slice(0, 8)}`;
      await run(direct, "CREATE TABLE t (id integer)", `CREATE ROLE ${role}`);
      await run(
        direct,
        `ALTER TABLE t OWNER TO ${role}`,
        `GRANT CREATE ON SCHEMA public TO ${role}`,
      );
      it.write("migrate.toml", `role = "${role}"\nstatement_timeout = "7s"\n`);
      const up = `ALTER TABLE t ADD COLUMN who text DEFAULT current_user;
INSERT INTO t VALUES (1);
ALTER TABLE t ADD COLUMN timeout text DEFAULT current_setting('statement_timeout');`;
      it.write("migrations/versions/1.sql", sqlRevision({ id: "one", up }));
      await using reader = await connect(direct, { applicationName: "the report" });
      await reader.query({ sql: "BEGIN" });
      await reader.query({ sql: "SELECT * FROM t" });
      const stopped = await it.migrate("upgrade", "head", "--lock-retry=0.2");
      expect(stopped.status).toBe(4);
      expect(stopped.stderr).toMatch(/Blocked at ALTER TABLE t .*application "the report"/);
      await reader.query({ sql: "COMMIT" });
      await it.ok("upgrade", "head");
      expect(await query(direct, "SELECT who, timeout FROM t")).toEqual([
        { who: role, timeout: "7s" },
      ]);
      for (let n = 0; n < 6; n++) {
        expect(
          await query(
            url,
            "SELECT current_user AS who, current_setting('statement_timeout') AS timeout, current_setting('lock_timeout') AS lock",
          ),
        ).toEqual([{ who: "migrate", timeout: "0", lock: "0" }]);
      }
      await run(direct, `DROP OWNED BY ${role}`, `DROP ROLE ${role}`);
    },
    longest,
  );

  test("what a revision sets in the transaction ends with it", async () => {
    await using there = await pooled();
    const { it, direct } = there;
    const role = `lesser_${crypto.randomUUID().slice(0, 8)}`;
    await run(
      direct,
      `CREATE ROLE ${role}`,
      `GRANT CREATE ON SCHEMA public TO ${role}`,
    );
    const settings = [
      "session_replication_role = replica",
      "search_path = pg_catalog",
      "lock_timeout = '1h'",
      "statement_timeout = '1h'",
      "work_mem = '64kB'",
      "DateStyle = 'German'",
    ];
    const set = settings.map((it) => `SET LOCAL ${it};`).join("\n");
    const names = settings.map((it) => `'${it.split(" ")[0]}'`).join();
    const note = `CREATE TABLE public.seen AS SELECT name, setting FROM pg_settings
WHERE name IN (${names}) UNION ALL SELECT 'user', session_user || ' ' || current_user;`;
    it.write("migrate.toml", `statement_timeout = "7s"\n`);
    it.write("migrations/versions/0.sql", sqlRevision({ id: "zero", up: note }));
    await it.ok("upgrade", "head");
    const expected = await query(direct, "SELECT * FROM seen ORDER BY name");
    await run(direct, "DROP TABLE seen");
    const next = { id: "two", down: ["one"], up: note };
    it.write("migrations/versions/2.sql", sqlRevision(next));
    for (
      const up of [
        `${set}\nSET LOCAL ROLE ${role};\nCREATE TABLE public.t ();`,
        `SET LOCAL SESSION AUTHORIZATION ${role};\nCREATE TABLE public.t ();`,
        `DO $$ BEGIN ${set.replaceAll("\n", " ")} END $$;`,
      ]
    ) {
      it.write("migrations/versions/1.sql", sqlRevision({ id: "one", down: ["zero"], up }));
      await it.ok("upgrade", "head");
      expect(await query(direct, "SELECT * FROM seen ORDER BY name")).toEqual(expected);
      await run(direct, "DROP TABLE IF EXISTS seen, t");
      await it.ok("stamp", "zero");
    }
    await run(direct, `DROP OWNED BY ${role}`, `DROP ROLE ${role}`);
  }, longest);

  test("what code sets in the transaction ends with it, too", async () => {
    await using there = await pooled();
    const { it, direct } = there;
    const up = "CREATE TABLE p (a integer PRIMARY KEY);\nCREATE TABLE c (a integer REFERENCES p);";
    it.write("migrations/versions/0.sql", sqlRevision({ id: "zero", up }));
    const body = "await db.query`SET LOCAL session_replication_role = replica`;" +
      "await db.query`SET LOCAL ROLE pg_monitor`;";
    it.write("migrations/versions/1.ts", running(body));
    const next = { id: "two", down: ["one"], up: "INSERT INTO c VALUES (99);" };
    it.write("migrations/versions/2.sql", sqlRevision(next));
    const { status, stderr } = await it.migrate("upgrade", "head");
    expect([status, stderr]).toEqual([1, expect.stringContaining("foreign key constraint")]);
    expect(stderr).toContain("2.sql:");
    expect(await query(direct, "SELECT to_regclass('c') AS c")).toEqual([{ c: null }]);
  }, longest);

  test("privileges are checked for the configured role, not for the login user", async () => {
    await using there = await pooled();
    const { it, direct, url } = there;
    const login = new URL(url);
    login.username = login.password = "app";
    const role = `owner_${crypto.randomUUID().slice(0, 8)}`;
    await run(
      direct,
      "CREATE ROLE app LOGIN NOINHERIT PASSWORD 'app'",
      `CREATE ROLE ${role}`,
      `GRANT ${role} TO app`,
      `GRANT CREATE ON SCHEMA public TO ${role}`,
    );
    it.write("migrations/versions/1.sql", sqlRevision({ id: "one", up: "CREATE TABLE t ();" }));
    const upgrade = ["upgrade", "head", "--database-url", login.href];
    expect((await it.migrate(...upgrade)).stderr).toContain(
      'the role "app" lacks CREATE on the schema public',
    );
    it.write("migrate.toml", `role = "${role}"\n`);
    await it.ok(...upgrade);
    expect(await query(direct, "SELECT tableowner AS owner FROM pg_tables WHERE tablename = 't'"))
      .toEqual([{ owner: role }]);
    const as = ["--database-url", login.href];
    expect(await it.ok("current", ...as)).toContain("one (head)");
    expect(await it.ok("status", ...as)).toContain("one");
    await it.ok("check", "--drift", ...as);
    await it.ok(...upgrade);
    expect(await query(login.href, "SELECT current_user AS who")).toEqual([{ who: "app" }]);
    it.write("migrate.toml", `role = "migrate"\n`);
    const { status, stderr } = await it.migrate("current", ...as);
    expect([status, stderr]).toEqual([
      1,
      expect.stringContaining('Cannot take on the role "migrate"'),
    ]);
    expect(stderr).toContain("GRANT migrate TO app");
    await run(direct, `DROP OWNED BY app, ${role}`, `DROP ROLE app, ${role}`);
  }, longest);

  test("a parameter that the pooler refuses at startup is an error with a hint", async () => {
    await using there = await pooled();
    const { it, url } = there;
    it.write("migrations/versions/0.sql", sqlRevision({ id: "zero" }));
    const { status, stderr } = await it.migrate(
      "current",
      "--database-url",
      `${url}?search_path=elsewhere`,
    );
    expect(status).toBe(5);
    expect(stderr).toContain("unsupported startup parameter: search_path");
    expect(stderr).toContain("Hint: A pooler refuses what the URL sets");
  }, longest);
});

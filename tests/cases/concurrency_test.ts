import { expect, test } from "bun:test";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { connect } from "../driver/connect.ts";
import { databases, freshDatabase, olderPostgres } from "../servers/fresh_database.ts";
import {
  type Ended,
  executable,
  type Project,
  project,
  sqlRevision,
  untilSaid,
} from "./project.ts";
import { until } from "../until.ts";
import { query, run, untilRows, untilRuns, versions } from "./query.ts";

const longest = 120_000;

/** Ten revisions, each of which makes a table: a step that ran twice would fail. */
function tables(it: Project): void {
  for (let n = 0; n < 10; n++) {
    it.write(
      `migrations/versions/r${n}.sql`,
      sqlRevision({
        id: `r${n}`,
        down: n === 0 ? [] : [`r${n - 1}`],
        up: `CREATE TABLE t${n} (id INTEGER PRIMARY KEY);`,
        downSql: `DROP TABLE t${n};`,
      }),
    );
  }
}

function together(
  it: Project,
  count: number,
  ...words: readonly string[]
): Promise<readonly Ended[]> {
  return Promise.all(Array.from({ length: count }, () => it.migrate(...words)));
}

const sources = [...databases(), ...olderPostgres ? [olderPostgres.source] : []];

const crowds = [
  { count: 2, perMigration: false },
  { count: 8, perMigration: false },
  { count: 8, perMigration: true },
];

for (const source of sources) {
  for (const { count, perMigration } of crowds) {
    test(
      `${source.name}: ${count} concurrent "upgrade head" run every step once, ${
        perMigration ? "each in its own transaction" : "in one transaction"
      }`,
      async () => {
        await using database = await source.fresh();
        using it = project({ env: { DATABASE_URL: database.url } });
        it.write("migrate.toml", `transaction_per_migration = ${perMigration}\n`);
        tables(it);
        const ended = await together(it, count, "upgrade", "head");
        expect(ended.filter((one) => one.status !== 0)).toEqual([]);
        expect(await versions(database.url)).toEqual(["r9"]);
        const rows = await query(
          database.url,
          "SELECT revision, outcome FROM migrate_history ORDER BY revision",
        );
        expect(rows).toEqual(
          Array.from({ length: 10 }, (_, n) => ({ revision: `r${n}`, outcome: "done" })),
        );
      },
      longest,
    );
  }

  test(
    `${source.name}: two concurrent "upgrade +1" run one step, or two if one came later`,
    async () => {
      await using database = await source.fresh();
      using it = project({ env: { DATABASE_URL: database.url } });
      tables(it);
      const ended = await together(it, 2, "upgrade", "+1");
      expect(ended.map((one) => one.status)).toEqual([0, 0]);
      const rows = await query(
        database.url,
        "SELECT revision FROM migrate_history WHERE outcome = 'done' ORDER BY revision",
      );
      const done = rows.map((row) => String(row["revision"]));
      expect([["r0"], ["r0", "r1"]]).toContainEqual(done);
      expect(await versions(database.url)).toEqual(done.slice(-1));
    },
    longest,
  );
}

if (olderPostgres === undefined) test.skip("PostgreSQL 15 is not installed", () => {});

for (const source of sources.filter((it) => it.kind !== "libsql")) {
  test(
    `${source.name}: a run that waits past --lock-wait exits with 4 and names the lock's holder`,
    async () => {
      await using database = await source.fresh();
      using it = project({ env: { DATABASE_URL: database.url } });
      tables(it);
      await it.ok("upgrade", "+1");
      await using holder = await connect(database.url, { applicationName: "the other run" });
      const { promise: holds, resolve } = Promise.withResolvers<void>();
      const { promise: ended, resolve: end } = Promise.withResolvers<void>();
      const held = holder.transaction(async (session) => {
        if (source.kind === "postgres") {
          await session.query({ sql: `SELECT pg_advisory_lock(${await lockKey()})` });
        }
        resolve();
        await ended;
      });
      await holds;
      const { status, stderr } = await it.migrate("upgrade", "head", "--lock-wait", "2");
      end();
      await held;
      expect(status).toBe(4);
      // Once, and not again to record the failure.
      expect(stderr.match(/^Waiting/gm)).toHaveLength(1);
      expect(stderr).toMatch(
        source.kind === "postgres"
          ? /another run is in progress: pid \d+, user migrate, application "the other run", from 127\.0\.0\.1, since \d{4}-\d\d-\d\d \d\d:\d\d:\d\d/
          : /\(process \d+, user \S+, since \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC\) has it locked/,
      );
      expect(await versions(database.url)).toEqual(["r0"]);
    },
    longest,
  );
}

test(
  'postgres: two "upgrade +1" that wait for the same lock run one step in all',
  async () => {
    await using database = await freshDatabase("postgres");
    using it = project({ env: { DATABASE_URL: database.url } });
    tables(it);
    await it.ok("ensure_version");
    await using holder = await connect(database.url);
    const key = await lockKey();
    await holder.query({ sql: `SELECT pg_advisory_lock(${key})` });
    const runs = [it.start(["upgrade", "+1"]), it.start(["upgrade", "+1"])];
    for (const one of runs) await untilSaid(one, "Waiting");
    await holder.query({ sql: `SELECT pg_advisory_unlock(${key})` });
    expect(await Promise.all(runs.map((one) => one.exited))).toEqual([0, 0]);
    expect(await versions(database.url)).toEqual(["r0"]);
  },
  longest,
);

test(
  "libsql: a waiting run names the lease's holder, and does not wait for a dead process",
  async () => {
    await using database = await freshDatabase("libsql");
    using it = project({ env: { DATABASE_URL: database.url } });
    tables(it);
    it.write(
      "migrations/versions/r10.ts",
      `import type { Operations } from "migrate";
export const revision = "r10";
export const downRevision = "r9";
export function upgrade(op: Operations): void {
  op.run("wait", async () => { console.log("waiting"); await new Promise(() => {}); });
}
`,
    );
    const child = it.start(["upgrade", "head"]);
    await untilSaid(child, "waiting");
    const busy = await it.migrate("upgrade", "head", "--lock-wait", "0.3");
    expect(busy.status).toBe(4);
    expect(busy.stderr).toMatch(
      new RegExp(`another run is in progress: \\S+ at \\S+, process ${child.pid}, since \\d{4}-`),
    );
    expect((await it.migrate("status")).stdout).toContain(`process ${child.pid}, since`);
    child.kill("SIGKILL");
    await child.exited;
    // The lease will not expire during the test.
    await query(database.url, "UPDATE migrate_lease SET expires = unixepoch() + 1000000");
    const { stdout } = await it.migrate("status", "--json");
    expect(JSON.parse(stdout)).toMatchObject({ holder: null });
    expect((await it.migrate("downgrade", "-1")).status).toBe(0);
    expect(await versions(database.url)).toEqual(["r8"]);
    expect(await query(database.url, "SELECT holder FROM migrate_lease")).toEqual([]);
    // A process on another host may be alive, though no process here has its id.
    await query(
      database.url,
      `INSERT INTO migrate_lease VALUES ('alembic_version', 'ada at elsewhere, process ${child.pid}, since now', unixepoch() + 1000)`,
    );
    // The wait is reported once, however often the lease is checked.
    const waited = await it.migrate("upgrade", "+1", "--lock-wait", "2");
    expect(waited.status).toBe(4);
    expect(waited.stderr).toContain("another run is in progress: ada at elsewhere");
    expect(waited.stderr.match(/Waiting/g)).toHaveLength(1);
  },
  longest,
);

test("libsql: each revision of a run renews its lease", async () => {
  await using database = await freshDatabase("libsql");
  using it = project({ env: { DATABASE_URL: database.url } });
  const seen = "SELECT expires - unixepoch() AS seconds FROM migrate_lease";
  it.write(
    "migrations/versions/1.sql",
    // As if it had taken longer than the lease lasts.
    sqlRevision({ id: "one", up: "UPDATE migrate_lease SET expires = 5;" }),
  );
  it.write(
    "migrations/versions/2.sql",
    sqlRevision({ id: "two", down: ["one"], up: `CREATE TABLE seen AS ${seen};` }),
  );
  await it.ok("upgrade", "head");
  expect(await query(database.url, "SELECT seconds > 0 AS it FROM seen")).toEqual([
    { it: 1 },
  ]);
}, longest);

for (const source of sources.filter((it) => it.kind === "postgres")) {
  test(
    `${source.name}: seven waiting runs do not block the holder's CREATE INDEX CONCURRENTLY`,
    async () => {
      await using database = await source.fresh();
      using it = project({ env: { DATABASE_URL: database.url } });
      it.write(
        "migrations/versions/1.sql",
        sqlRevision({ id: "one", up: "CREATE TABLE a (id INTEGER);" }),
      );
      it.write(
        "migrations/versions/2.sql",
        sqlRevision({
          id: "two",
          down: ["one"],
          up: "CREATE INDEX CONCURRENTLY ix ON a (id);",
          more: ["-- transaction: false"],
        }),
      );
      await it.ok("upgrade", "one");
      // A build waits for every transaction that was open when it began.
      await using writer = await connect(database.url);
      const { promise: written, resolve: write } = Promise.withResolvers<void>();
      const writing = writer.transaction(async (session) => {
        await session.query({ sql: "INSERT INTO a VALUES (1)" });
        await written;
      });
      const first = it.start(["upgrade", "head"]);
      await untilRows(database.url, "SELECT pid FROM pg_stat_progress_create_index");
      const others = Array.from({ length: 7 }, () => it.start(["upgrade", "head"]));
      await Promise.all(others.map((one) => untilSaid(one, "Waiting")));
      write();
      await writing;
      const ended = await Promise.all([first, ...others].map((one) => one.exited));
      expect(ended).toEqual(Array.from({ length: 8 }, () => 0));
      const valid = "SELECT indisvalid FROM pg_index WHERE indexrelid = 'ix'::regclass";
      expect(await query(database.url, valid)).toEqual([{ indisvalid: true }]);
      const done = "SELECT revision FROM migrate_history WHERE outcome = 'done' ORDER BY id";
      expect(await query(database.url, done)).toEqual([{ revision: "one" }, { revision: "two" }]);
    },
    longest,
  );

  test(
    `${source.name}: a step that another tool does meanwhile is not repeated`,
    async () => {
      await using database = await source.fresh();
      using it = project({ env: { DATABASE_URL: database.url } });
      tables(it);
      await it.ok("upgrade", "head");
      it.write(
        "migrations/versions/r10.sql",
        sqlRevision({
          id: "r10",
          down: ["r9"],
          up: "CREATE TABLE mine (id INTEGER);\nSELECT pg_advisory_xact_lock(1);",
        }),
      );
      await using other = await connect(database.url);
      await other.query({ sql: "SELECT pg_advisory_lock(1)" });
      const ours = it.start(["upgrade", "head"]);
      await untilRuns(database.url, "SELECT pg_advisory_xact_lock", "wait_event = 'advisory'");
      await other.query({ sql: "UPDATE alembic_version SET version_num = 'r10'" });
      await other.query({ sql: "SELECT pg_advisory_unlock(1)" });
      expect(await ours.exited).toBe(0);
      expect(await versions(database.url)).toEqual(["r10"]);
      const left = "SELECT to_regclass('mine') AS mine, count(*)::int AS n " +
        "FROM migrate_history WHERE revision = 'r10'";
      expect(await query(database.url, left)).toEqual([{ mine: null, n: 0 }]);
    },
    longest,
  );

  const passing = "SELECT pg_advisory_xact_lock(1);";
  for (
    const [at, up] of [
      ["between two statements", `${passing}\nCREATE INDEX CONCURRENTLY ix ON a (id);`],
      [
        "during the last statement",
        `DO $$ BEGIN ${passing.replace("SELECT", "PERFORM")} COMMIT; END $$;`,
      ],
    ] as const
  ) {
    test(
      `${source.name}: outside a transaction, a step that another tool does ${at} is not repeated`,
      async () => {
        await using database = await source.fresh();
        using it = project({ env: { DATABASE_URL: database.url } });
        it.write(
          "migrations/versions/1.sql",
          sqlRevision({ id: "one", up, more: ["-- transaction: false"] }),
        );
        it.write("migrations/versions/2.sql", sqlRevision({ id: "two", down: ["one"] }));
        await it.ok("ensure_version");
        await using other = await connect(database.url);
        await other.query({ sql: "SELECT pg_advisory_lock(1)" });
        const ours = it.start(["upgrade", "head"]);
        await untilRuns(database.url, up.slice(0, 9), "wait_event = 'advisory'");
        await run(
          database.url,
          "CREATE TABLE a (id INTEGER); CREATE INDEX ix ON a (id); INSERT INTO alembic_version VALUES ('two')",
        );
        await other.query({ sql: "SELECT pg_advisory_unlock(1)" });
        expect(await ours.exited).toBe(0);
        expect(await versions(database.url)).toEqual(["two"]);
      },
      longest,
    );
  }

  test(
    `${source.name}: eight concurrent runs with --lock-wait exit with 0 or 4, each step run once`,
    async () => {
      await using database = await source.fresh();
      using it = project({ env: { DATABASE_URL: database.url } });
      tables(it);
      it.write(
        "migrations/versions/r10.sql",
        sqlRevision({ id: "r10", down: ["r9"], up: "SELECT pg_advisory_xact_lock(1);" }),
      );
      await using gate = await connect(database.url);
      await gate.query({ sql: "SELECT pg_advisory_lock(1)" });
      const words = ["upgrade", "head", "--lock-wait", "0.5"];
      const runs = Array.from({ length: 8 }, () => it.start(words));
      // The gate stays closed until one of them has waited too long.
      await Promise.race(runs.map((one) => one.exited));
      await gate.query({ sql: "SELECT pg_advisory_unlock(1)" });
      const statuses = (await Promise.all(runs.map((one) => one.exited))).sort();
      expect(statuses.filter((one) => one !== 0 && one !== 4)).toEqual([]);
      expect([statuses[0], statuses[7]]).toEqual([0, 4]);
      const done = "SELECT count(*)::int AS n FROM migrate_history WHERE outcome = 'done'";
      expect(await query(database.url, done)).toEqual([{ n: 11 }]);
    },
    longest,
  );
}

test(
  "sqlite: a revision that another run downgrades before a dependent step is applied again",
  async () => {
    await using database = await freshDatabase("sqlite");
    using it = project({ env: { DATABASE_URL: database.url } });
    const [migrate] = executable.command;
    const other = `test -e moved || { touch moved; ${migrate} -c other.toml downgrade base; }`;
    it.write("migrate.toml", `[callbacks]\nbefore_step = '''${other}'''\n`);
    it.write("other.toml", "");
    const table = (name: string) => ({
      up: `CREATE TABLE ${name} (id INTEGER);`,
      downSql: `DROP TABLE ${name};`,
    });
    it.write("migrations/versions/1.sql", sqlRevision({ id: "one", ...table("a") }));
    it.write("migrations/versions/2.sql", sqlRevision({ id: "two", down: ["one"], ...table("b") }));
    const branch = { ...table("c"), up: "CREATE TABLE c AS SELECT * FROM a;" };
    const more = ["-- transaction: false"];
    it.write(
      "migrations/versions/3.sql",
      sqlRevision({ id: "three", down: ["one"], ...branch, more }),
    );
    await it.ok("-c", "other.toml", "upgrade", "two");
    await it.ok("upgrade", "heads");
    expect(await versions(database.url)).toEqual(["three", "two"]);
    const made = "SELECT name FROM sqlite_schema WHERE length(name) = 1 ORDER BY name";
    expect((await query(database.url, made)).map((row) => row["name"])).toEqual(["a", "b", "c"]);
    expect(existsSync(join(it.folder, "moved"))).toBe(true);
  },
  longest,
);

test(
  "sqlite: a waiting run resumes a step outside a transaction where another run failed",
  async () => {
    await using database = await freshDatabase("sqlite");
    using it = project({ env: { DATABASE_URL: database.url } });
    it.write("migrations/versions/1.sql", sqlRevision({ id: "one", up: "CREATE TABLE a (n);" }));
    await it.ok("upgrade", "head");
    it.write(
      "migrations/versions/2.ts",
      `import { existsSync, writeFileSync } from "node:fs";
import type { Operations } from "migrate";
export const revision = "two";
export const downRevision = "one";
export const transaction = false;
export function upgrade(op: Operations): void {
  op.run("the first", async (db) => {
    await db.query\`INSERT INTO a VALUES (1)\`;
    writeFileSync("begun", "");
    while (!existsSync("go")) await new Promise((wake) => setTimeout(wake, 10));
  });
  op.run("the second", async (db) => {
    if (!existsSync("failed")) {
      writeFileSync("failed", "");
      throw new Error("once");
    }
    await db.query\`INSERT INTO a VALUES (2)\`;
  });
}
`,
    );
    const first = it.start(["upgrade", "head"]);
    await until(() => existsSync(join(it.folder, "begun")));
    const second = it.start(["upgrade", "head"]);
    await untilSaid(second, "has it locked"); // it has read the journal before
    it.write("go", "");
    expect((await Promise.all([first.exited, second.exited])).sort()).toEqual([0, 1]);
    expect(await query(database.url, "SELECT n FROM a ORDER BY n")).toEqual([{ n: 1 }, { n: 2 }]);
  },
  longest,
);

for (const from of ["base", "one"]) {
  test(
    `libsql: a step from ${from} that another tool does meanwhile is not repeated`,
    async () => {
      await using database = await freshDatabase("libsql");
      using it = project({ env: { DATABASE_URL: database.url } });
      it.write("migrations/versions/1.sql", sqlRevision({ id: "one" }));
      await it.ok(...from === "base" ? ["ensure_version"] : ["upgrade", "head"]);
      const waits = "touch begun; until test -e go; do sleep 0.01; done";
      it.write("migrate.toml", `[callbacks]\nbefore_step = "${waits}"\n`);
      const up = "CREATE TABLE mine (id INTEGER);";
      const step = from === "base" ? { id: "one", up } : { id: "two", down: ["one"], up };
      it.write(`migrations/versions/${from === "base" ? 1 : 2}.sql`, sqlRevision(step));
      const ours = it.start(["upgrade", "head"]);
      await until(() => existsSync(join(it.folder, "begun")));
      await run(
        database.url,
        "DELETE FROM alembic_version",
        `INSERT INTO alembic_version VALUES ('${step.id}')`,
      );
      it.write("go", "");
      expect(await ours.exited).toBe(0);
      expect(await versions(database.url)).toEqual([step.id]);
      const made = "SELECT name FROM sqlite_schema WHERE name = 'mine'";
      expect(await query(database.url, made)).toEqual([]);
    },
    longest,
  );
}

/** The key that all runs on the default version table share. */
async function lockKey(): Promise<bigint> {
  const { createHash } = await import("node:crypto");
  return createHash("sha256").update(JSON.stringify(["migrate", null, "alembic_version"])).digest()
    .readBigInt64BE();
}

import { expect, test } from "bun:test";
import type { Connection } from "../../lib/driver/driver.ts";
import { connect } from "../driver/connect.ts";
import { freshDatabase } from "../servers/fresh_database.ts";
import { startPostgresServer, urlOf } from "../servers/guarded_server.ts";
import { until } from "../until.ts";
import { type Project, project, restSaid, sqlRevision, untilSaid } from "./project.ts";
import { query, run, untilRows, untilRuns, versions } from "./query.ts";

const longest = 60_000;
const alter = "CREATE TABLE before_it (id integer);\nALTER TABLE users ADD COLUMN name text;";

/** The condition for a statement that has waited for a lock for longer than `interval`. */
function hasWaited(interval: string): string {
  return `wait_event_type = 'Lock' AND clock_timestamp() - query_start > '${interval}'`;
}

/** A table that somebody else reads in a transaction which stays open, and a project. */
async function lockedTable(): Promise<
  { readonly url: string; readonly it: Project; readonly reader: Connection } & AsyncDisposable
> {
  const database = await freshDatabase("postgres");
  await run(database.url, "CREATE TABLE users (id integer)", "INSERT INTO users VALUES (1)");
  const reader = await connect(database.url, { applicationName: "the report" });
  await reader.query({ sql: "BEGIN" });
  await reader.query({ sql: "SELECT count(*), 'a secret', E'it\\'s a secret, too' FROM users" });
  const it = project({ env: { DATABASE_URL: database.url } });
  return {
    url: database.url,
    it,
    reader,
    [Symbol.asyncDispose]: async () => {
      await reader[Symbol.asyncDispose]();
      it[Symbol.dispose]();
      await database[Symbol.asyncDispose]();
    },
  };
}

test(
  "a migration that waits for a long reader does not stall others, and runs when the reader ends",
  async () => {
    await using locked = await lockedTable();
    const { it, url, reader } = locked;
    const up = alter.replace("(id integer)", "AS SELECT current_setting('lock_timeout') AS it");
    it.write("migrations/versions/1.sql", sqlRevision({ id: "one", up }));
    await using application = await connect(url);
    let answers = 0;
    let isOver = false;
    const reading = (async () => {
      for (; !isOver; answers++) {
        await application.query({ sql: "SELECT * FROM users" });
        await Bun.sleep(5);
      }
    })();
    const child = it.start(["upgrade", "head"]);
    // The application does wait behind the migration, and is answered while the reader is still there.
    await untilRows(
      url,
      `SELECT pid FROM pg_stat_activity
         WHERE pid = ${application.backend} AND wait_event_type = 'Lock'`,
    );
    const before = answers;
    await until(() => answers > before);
    const said = await untilSaid(child, "Rolled back");
    await untilRuns(url, "ALTER TABLE users", "wait_event_type = 'Lock'");
    await reader.query({ sql: "COMMIT" });
    const rest = await restSaid(child);
    isOver = true;
    await reading;
    expect(await child.exited).toBe(0);
    expect(said + rest).toMatch(
      /^Blocked at ALTER TABLE users ADD COLUMN name text: pid \d+ \(user migrate, application "the report", idle in transaction for [\d.]+ m?s\): last SELECT count\(\*\), '…', '…' FROM users$/m,
    );
    expect((said + rest).match(/Running upgrade/g)).toHaveLength(1);
    expect(await versions(url)).toEqual(["one"]);
    // Nobody waits behind it for longer than it waits itself.
    expect(await query(url, "SELECT it FROM before_it")).toEqual([{ it: "500ms" }]);
    expect(await query(url, "SELECT name FROM users")).toEqual([{ name: null }]);
  },
  longest,
);

test(
  "a run blocked past --lock-retry exits with 4, names the blocker and changes nothing",
  async () => {
    await using locked = await lockedTable();
    const { it, url } = locked;
    it.write("migrations/versions/1.sql", sqlRevision({ id: "one", up: alter }));
    const { status, stderr } = await it.migrate("upgrade", "head", "--lock-retry", "0.6");
    expect(status).toBe(4);
    expect(stderr).toMatch(
      /^Error: Cannot upgrade to one: what it changes stayed locked for 600 ms by pid \d+ \(user migrate/m,
    );
    expect(stderr).toContain("migrations/versions/1.sql:6");
    expect(stderr).toMatch(/Hint: .*pg_terminate_backend\(\d+\), or try longer with --lock-retry/);
    expect(stderr).not.toContain("a secret");
    expect(await versions(url)).toEqual([]);
    expect(await query(url, "SELECT to_regclass('before_it') AS it")).toEqual([{ it: null }]);
    expect(await query(url, "SELECT outcome FROM migrate_history")).toEqual([
      { outcome: "failed" },
    ]);
  },
  longest,
);

test(
  "code may return to a savepoint after a failed schema change, and its limit with it",
  async () => {
    await using locked = await lockedTable();
    const { it, url, reader } = locked;
    it.write(
      "migrations/versions/1.ts",
      `export const revision = "one";
export const downRevision = null;
export function upgrade(op) {
  op.run("try", async (db) => {
    await db.query\`CREATE TABLE a (id integer)\`;
    await db.query\`SAVEPOINT "Before"\`;
    try {
      await db.query\`SET LOCAL lock_timeout = 0\`;
      await db.query\`ALTER TABLE a ADD COLUMN id integer\`;
    } catch {
      await db.query\`ROLLBACK TO SAVEPOINT "Before"\`;
    }
    await db.query\`ALTER TABLE users ADD COLUMN name text\`;
  });
}
`,
    );
    const { status, stderr } = await it.migrate("upgrade", "head", "--lock-retry", "0.6");
    expect(stderr).toContain("what it changes stayed locked for 600 ms by pid");
    expect(status).toBe(4);
    await reader.query({ sql: "COMMIT" });
    await it.ok("upgrade", "head");
    expect(await query(url, "SELECT name FROM users")).toEqual([{ name: null }]);
  },
  longest,
);

test(
  "a transaction that loses a deadlock is retried",
  async () => {
    await using database = await freshDatabase("postgres");
    const { url } = database;
    await run(url, "CREATE TABLE users (id integer)", "CREATE TABLE posts (id integer)");
    await using gate = await connect(url);
    await gate.query({ sql: "SELECT pg_advisory_lock(1)" });
    // The server cancels whoever looks for deadlocks first.
    await using other = await connect(url);
    await other.query({ sql: "SET deadlock_timeout = '1h'" });
    await other.query({ sql: "BEGIN" });
    await other.query({ sql: "LOCK TABLE posts" });
    using it = project({
      env: { DATABASE_URL: `${url}?options=-c%20deadlock_timeout%3D10ms` },
    });
    it.write("migrate.toml", `lock_timeout = "1h"\n`);
    const up = "ALTER TABLE users ADD COLUMN name text;\nSELECT pg_advisory_xact_lock(1);\n" +
      "ALTER TABLE posts ADD COLUMN name text;";
    it.write("migrations/versions/1.sql", sqlRevision({ id: "one", up }));
    const child = it.start(["upgrade", "head"]);
    await untilRows(url, "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND NOT granted");
    const locking = other.query({ sql: "LOCK TABLE users" });
    await untilRows(
      url,
      `SELECT pid FROM pg_stat_activity WHERE pid = ${other.backend} AND wait_event_type = 'Lock'`,
    );
    await gate.query({ sql: "SELECT pg_advisory_unlock(1)" });
    const said = await untilSaid(child, "Rolled back");
    await locking;
    await other.query({ sql: "COMMIT" });
    await restSaid(child);
    expect([await child.exited, said]).toEqual([
      0,
      expect.stringContaining("Blocked at ALTER TABLE posts"),
    ]);
    expect(await query(url, "SELECT users.name, posts.name FROM users, posts")).toEqual([]);
  },
  longest,
);

test("a prepared transaction that holds the lock is an error with a hint", async () => {
  const url = urlOf(await startPostgresServer({ settings: ["max_prepared_transactions=2"] }));
  await run(
    url,
    "CREATE TABLE users (id integer)",
    "BEGIN",
    "LOCK TABLE users",
    "PREPARE TRANSACTION 'x'",
  );
  using it = project({ env: { DATABASE_URL: url } });
  it.write("migrations/versions/1.sql", sqlRevision({ id: "one", up: alter }));
  const { status, stderr } = await it.migrate("upgrade", "head", "--lock-retry", "0");
  expect(status).toBe(4);
  expect(stderr).toContain(
    "Cannot upgrade to one: what it changes is locked by a prepared transaction (see pg_prepared_xacts)\n",
  );
  expect(stderr).toContain(
    "  Hint: End what holds it, or try longer with --lock-retry SECONDS\n",
  );
}, longest);

test(
  "a blocking autovacuum is waited for until the server cancels it",
  async () => {
    const url = urlOf(await startPostgresServer({ settings: ["autovacuum_naptime=1s"] }));
    await run(
      url,
      "CREATE TABLE users (id integer) WITH (autovacuum_vacuum_cost_delay = 100, autovacuum_vacuum_cost_limit = 1, autovacuum_vacuum_threshold = 1)",
      "INSERT INTO users SELECT generate_series(1, 100000)",
      "DELETE FROM users WHERE id % 2 = 0",
    );
    await untilRuns(url, "autovacuum: VACUUM");
    using it = project({ env: { DATABASE_URL: url } });
    it.write("migrations/versions/1.sql", sqlRevision({ id: "one", up: alter }));
    const { status, stderr } = await it.migrate("upgrade", "head", "--lock-retry", "20");
    expect(stderr.match(/Blocked at .*/g)).toEqual([
      expect.stringMatching(/pid \d+ \(active for .*\): autovacuum: VACUUM .*public.users$/),
    ]);
    expect(status).toBe(0);
  },
  longest,
);

test(
  "row changes, concurrent builds and code outside a transaction wait as long as it takes",
  async () => {
    await using locked = await lockedTable();
    const { it, url, reader } = locked;
    await reader.query({ sql: "UPDATE users SET id = id + 1" });
    it.write("migrate.toml", `lock_timeout = "100ms"\n`);
    it.write(
      "migrations/versions/1.ts",
      `export const revision = "one";
export const downRevision = null;
export function upgrade(op) {
  op.execute("CREATE TABLE before_it ()");
  op.run("rows", (db) => db.query\`UPDATE users SET id = id + 1\`);
  op.execute("CREATE TABLE after_it ()");
  op.execute("UPDATE users SET id = id + 1");
}
`,
    );
    it.write(
      "migrations/versions/2.sql",
      sqlRevision({
        id: "two",
        down: ["one"],
        up: "CREATE INDEX CONCURRENTLY ix ON users (id);",
        more: ["-- transaction: false"],
      }),
    );
    // Outside a transaction, code may have committed half of what it does, and is not tried again.
    it.write(
      "migrations/versions/3.sql",
      sqlRevision({
        id: "three",
        down: ["two"],
        up: "DO $$ BEGIN ALTER TABLE users ADD COLUMN name text; COMMIT; END $$;",
        more: ["-- transaction: false"],
      }),
    );
    const waiting = [["one", "UPDATE"], ["two", "CREATE INDEX"], ["three", "DO"]] as const;
    for (const [revision, words] of waiting) {
      const child = it.start(["upgrade", revision]);
      await untilRuns(url, words, hasWaited("400 ms"));
      await reader.query({ sql: "COMMIT" });
      expect(await child.exited).toBe(0);
      expect(await new Response(child.stderr).text()).not.toContain("Blocked at");
      await reader.query({ sql: "BEGIN" });
      await reader.query({ sql: "UPDATE users SET id = id + 1" });
    }
    expect(await query(url, "SELECT id FROM users")).toEqual([{ id: 6 }]);
  },
  longest,
);

const concurrent = [
  ["CREATE INDEX CONCURRENTLY", "CREATE INDEX CONCURRENTLY ix ON users (id);", "public.ix"],
  ["REINDEX", "REINDEX TABLE CONCURRENTLY parted_1;", "public.parted_1_pkey_ccnew"],
  ["ALTER TABLE", "ALTER TABLE parted DETACH PARTITION parted_1 CONCURRENTLY;", undefined],
] as const;
for (const [words, up, litter] of concurrent) {
  test(
    `what ${up} leaves behind for want of a lock is cleaned up before it is tried again`,
    async () => {
      await using locked = await lockedTable();
      const { it, url, reader } = locked;
      await run(
        url,
        "CREATE TABLE parted (id int PRIMARY KEY) PARTITION BY RANGE (id)",
        "CREATE TABLE parted_1 PARTITION OF parted FOR VALUES FROM (0) TO (9)",
      );
      // They wait for whoever has written, or may still see the partition.
      await reader.query({ sql: "UPDATE users SET id = id + 1" });
      await reader.query({ sql: "SELECT * FROM parted" });
      await reader.query({ sql: "INSERT INTO parted_1 VALUES (1)" });
      const revision = { id: "one", up, more: ["-- transaction: false"] };
      it.write("migrations/versions/1.sql", sqlRevision(revision));
      const impatient = `${url}?options=-c%20lock_timeout%3D400ms`;
      const child = it.start(["upgrade", "head", "--database-url", impatient]);
      const said = await untilSaid(child, "Trying again");
      expect(said).toContain(`Blocked at ${words}`);
      expect(said).toContain(`pid ${reader.backend} (`);
      expect(said).not.toContain("Rolled back");
      if (litter !== undefined) {
        const waits = `Waiting to drop the index ${litter}: it is held by pid ${reader.backend} (`;
        await untilSaid(child, waits);
      }
      await reader.query({ sql: "COMMIT" });
      expect(await child.exited).toBe(0);
      const [left] = await query(
        url,
        `SELECT (SELECT count(*)::int FROM pg_index WHERE NOT indisvalid) AS invalid,
         (SELECT count(*)::int FROM pg_class WHERE relname ~ '_cc(new|old)') AS litter,
         (SELECT count(*)::int FROM pg_inherits WHERE inhdetachpending) AS pending`,
      );
      expect(left).toEqual({ invalid: 0, litter: 0, pending: 0 });
    },
    longest,
  );
}

test(
  "lock_timeout = 0 keeps the session's setting, and a script's own setting wins",
  async () => {
    await using locked = await lockedTable();
    const { it, url, reader } = locked;
    it.write("migrations/versions/1.sql", sqlRevision({ id: "one", up: alter }));
    it.write("migrate.toml", "lock_timeout = 0\n");
    const limitedUrl = `${url}?options=-c%20lock_timeout%3D20ms`;
    const own = await it.migrate("upgrade", "head", "--database-url", limitedUrl);
    expect(own.status).toBe(1);
    expect(own.stderr).toContain("canceling statement due to lock timeout");
    const child = it.start(["upgrade", "head"]);
    // For longer than it does by default.
    await untilRuns(url, "ALTER TABLE", hasWaited("700 ms"));
    await reader.query({ sql: "COMMIT" });
    expect(await child.exited).toBe(0);
    expect(await new Response(child.stderr).text()).not.toContain("Blocked at");
    await reader.query({ sql: "BEGIN" });
    await reader.query({ sql: "SELECT * FROM users" });
    // With the configured limit it would not end, for the reader stays.
    it.write("migrate.toml", `lock_timeout = "1h"\nlock_retry = "100ms"\n`);
    const up = "SET LOCAL lock_timeout = '20ms';\nALTER TABLE users ADD COLUMN age integer;";
    it.write("migrations/versions/2.sql", sqlRevision({ id: "two", down: ["one"], up }));
    const { status } = await it.migrate("upgrade", "head");
    expect(status).toBe(4);
    expect(await versions(url)).toEqual(["one"]);
  },
  longest,
);

test(
  "lock_timeout = 0 keeps the session's setting outside a transaction, too",
  async () => {
    await using locked = await lockedTable();
    const { it, url, reader } = locked;
    await reader.query({ sql: "LOCK TABLE users IN SHARE UPDATE EXCLUSIVE MODE" });
    it.write(
      "migrations/versions/1.sql",
      sqlRevision({ id: "one", up: "VACUUM users;", more: ["-- transaction: false"] }),
    );
    it.write("migrate.toml", "lock_timeout = 0\n");
    const limitedUrl = `${url}?options=-c%20lock_timeout%3D20ms`;
    const { status, stderr } = await it.migrate("upgrade", "head", "--database-url", limitedUrl);
    expect([status, stderr]).toEqual([
      1,
      expect.stringContaining("canceling statement due to lock timeout"),
    ]);
  },
  longest,
);

test("op.run is run again when its transaction is retried", async () => {
  await using locked = await lockedTable();
  const { it, url, reader } = locked;
  it.write(
    "migrations/versions/1.ts",
    `export const revision = "one";
export const downRevision = null;
export function upgrade(op) {
  op.run("say it", async (db) => {
    console.log("the body runs");
    await db.query\`CREATE TABLE made AS SELECT 1 AS n\`;
  });
  op.execute("ALTER TABLE users ADD COLUMN name text");
}
`,
  );
  const child = it.start(["upgrade", "head"]);
  const said = await untilSaid(child, "Rolled back");
  await reader.query({ sql: "COMMIT" });
  const rest = await restSaid(child);
  expect(await child.exited).toBe(0);
  expect((said + rest).match(/the body runs/g)?.length).toBeGreaterThan(1);
  expect(await query(url, "SELECT n FROM made")).toEqual([{ n: 1 }]);
}, longest);

const alone = ["-- transaction: false"];
const note = "INSERT INTO seen SELECT current_setting('lock_timeout')";

test(
  "outside a transaction, a script's own lock_timeout lasts until the end of the script",
  async () => {
    await using database = await freshDatabase("postgres");
    await run(database.url, "CREATE TABLE seen (it text)", "CREATE TABLE users (id integer)");
    using it = project({ env: { DATABASE_URL: database.url } });
    const up = `CREATE TABLE before_it AS SELECT current_setting('lock_timeout') AS it;
VACUUM users;
${note};
SET lock_timeout = '1h';
CREATE INDEX CONCURRENTLY ix ON users (id);
VACUUM users;
CREATE TABLE after_it AS SELECT current_setting('lock_timeout') AS it;
${note};
RESET lock_timeout;
VACUUM users;
CREATE TABLE behind_it AS SELECT current_setting('lock_timeout') AS it;
SELECT set_config('lock_timeout', '2h', false);
VACUUM users;
${note};
SELECT no_such_function();`;
    it.write("migrations/versions/1.sql", sqlRevision({ id: "one", up, more: alone }));
    const { status } = await it.migrate("upgrade", "head");
    expect(status).toBe(1);
    // A resumed script begins with the settings that it had made.
    const mended = `${up.replace("SELECT no_such_function()", "VACUUM users")}\n${note};`;
    it.write("migrations/versions/1.sql", sqlRevision({ id: "one", up: mended, more: alone }));
    const second =
      `${note};\nCREATE TABLE next_one AS SELECT current_setting('lock_timeout') AS it;`;
    it.write("migrations/versions/2.sql", sqlRevision({ id: "two", down: ["one"], up: second }));
    await it.ok("upgrade", "head");
    const tables = ["before_it", "after_it", "behind_it", "next_one"];
    const shown = tables.map((table) => `(SELECT it FROM ${table}) AS ${table}`);
    expect(await query(database.url, `SELECT ${shown.join()}`)).toEqual([
      { before_it: "500ms", after_it: "1h", behind_it: "500ms", next_one: "500ms" },
    ]);
    expect(await query(database.url, "SELECT string_agg(it, ',') AS seen FROM seen")).toEqual([
      { seen: "0,1h,2h,2h,0" },
    ]);
  },
  longest,
);

test("a statement that cannot run in a transaction is retried, too", async () => {
  await using locked = await lockedTable();
  const { it, url, reader } = locked;
  const up = "VACUUM FULL users;\nDO $$ BEGIN CREATE TABLE behind_it AS " +
    "SELECT current_setting('lock_timeout') AS it; COMMIT; END $$;";
  it.write("migrations/versions/1.sql", sqlRevision({ id: "one", up, more: alone }));
  const busy = await it.migrate("upgrade", "head", "--lock-retry", "0.6");
  expect(busy.status).toBe(4);
  expect(busy.stderr).toContain("what it changes stayed locked for 600 ms by pid");
  expect(busy.stderr).not.toContain("resume");
  const child = it.start(["upgrade", "head"]);
  await untilSaid(child, "Blocked at VACUUM FULL users");
  await reader.query({ sql: "COMMIT" });
  await restSaid(child);
  expect(await child.exited).toBe(0);
  expect(await versions(url)).toEqual(["one"]);
  expect(await query(url, "SELECT it FROM behind_it")).toEqual([{ it: "0" }]);
}, longest);

test("a script's own lock_timeout holds for a statement outside a transaction, too", async () => {
  await using locked = await lockedTable();
  const { it, url, reader } = locked;
  await reader.query({ sql: "LOCK TABLE users IN SHARE UPDATE EXCLUSIVE MODE" });
  const up = "SET lock_timeout = '1h';\nVACUUM users;";
  it.write("migrations/versions/1.sql", sqlRevision({ id: "one", up, more: alone }));
  const child = it.start(["upgrade", "head"]);
  // For longer than it does by default.
  await untilRuns(url, "VACUUM", hasWaited("700 ms"));
  await reader.query({ sql: "COMMIT" });
  expect(await child.exited).toBe(0);
  expect(await new Response(child.stderr).text()).not.toContain("Blocked at");
}, longest);

for (const [size, rows] of [["small", 2], ["large", 600_000]] as const) {
  test(
    `a retried ${size} COPY outside a transaction sends all of its rows again`,
    async () => {
      await using database = await freshDatabase("postgres");
      await run(
        database.url,
        "CREATE TABLE users (id integer PRIMARY KEY)",
        "INSERT INTO users VALUES (1)",
        "CREATE TABLE posts (user_id integer REFERENCES users)",
        `ALTER DATABASE ${new URL(database.url).pathname.slice(1)} SET lock_timeout = '300ms'`,
      );
      await using writer = await connect(database.url);
      await writer.query({ sql: "BEGIN" });
      await writer.query({ sql: "SELECT id FROM users FOR UPDATE" });
      using it = project({ env: { DATABASE_URL: database.url } });
      const up = `COPY users FROM STDIN;
2\n\\.
COPY posts FROM STDIN;
${"1\n".repeat(rows)}\\.
CREATE TABLE behind ();`;
      it.write(
        "migrations/versions/1.sql",
        sqlRevision({ id: "one", up, more: ["-- transaction: false"] }),
      );
      const child = it.start(["upgrade", "head"]);
      await untilSaid(child, "Rolled back");
      await writer.query({ sql: "COMMIT" });
      await restSaid(child);
      expect(await child.exited).toBe(0);
      expect(await query(database.url, "SELECT count(*)::int AS n FROM posts")).toEqual([
        { n: rows },
      ]);
    },
    longest,
  );
}

import { expect, test } from "bun:test";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { lockKey } from "../../lib/migrate/lock/advisory_locks.ts";
import { connect } from "../driver/connect.ts";
import { freshDatabase } from "../servers/fresh_database.ts";
import { type Project, project, sqlRevision } from "./project.ts";
import { query, run, untilRows, untilRuns, versions } from "./query.ts";

const longest = 60_000;

function write(it: Project, id: string, down: readonly string[], up: string, downSql = ""): void {
  it.write(
    `migrations/versions/${id}.sql`,
    sqlRevision({ id, down, up, downSql, more: ["-- transaction: false"] }),
  );
}

/** A statement that waits here goes on after the run that sent it has been killed. */
const gate = "pg_advisory_xact_lock(1)";

/** Starts a command, and kills it as soon as a query that begins with `words` waits at the gate. */
async function killedDuring(
  it: Project,
  url: string,
  command: readonly string[],
  words: string,
): Promise<void> {
  await using closed = await connect(url);
  await closed.query({ sql: "SELECT pg_advisory_lock(1)" });
  const child = it.start(command);
  const ended = child.exited.then(async () => {
    throw new Error(await new Response(child.stderr).text());
  });
  await Promise.race([untilRuns(url, words, "wait_event = 'advisory'"), ended]);
  child.kill("SIGKILL");
  await child.exited;
}

const four = [
  "CREATE TABLE a (id INTEGER);",
  "CREATE INDEX CONCURRENTLY ix ON a (id);",
  `SELECT ${gate};`,
  "CREATE TABLE b (id INTEGER);",
];

test("a killed upgrade outside a transaction is reported as half done, and resumed", async () => {
  await using database = await freshDatabase("postgres");
  using it = project({ env: { DATABASE_URL: database.url } });
  write(it, "one", [], four.join("\n"));
  await killedDuring(it, database.url, ["upgrade", "head"], `SELECT ${gate}`);
  const { stderr, status } = await it.migrate("current", "--check-heads");
  expect([status, stderr]).toEqual([3, expect.stringContaining("")]);
  expect(stderr).toContain(
    "The upgrade of one is half done: statement 2 of 4 (migrations/versions/one.sql:7) is the last that was done\n",
  );
  expect(await it.ok("log", "-n", "1")).toContain("2 of 4 statements were done\n");
  // The next run may be on another host, with the project in another folder.
  using elsewhere = project({ env: { DATABASE_URL: database.url } });
  write(elsewhere, "one", [], four.join("\n"));
  expect(JSON.parse(await elsewhere.ok("current", "--json"))).toEqual({
    revisions: [],
    interrupted: [{
      ...{ revision: "one", direction: "upgrade", statementsDone: 2, statements: 4 },
      ...{ inDoubt: null, file: "migrations/versions/one.sql", line: 7 },
    }],
  });
  const { status: found, stdout } = await it.migrate("status", "--json");
  expect(found).toBe(3);
  expect(JSON.parse(stdout).interrupted).toMatchObject([{ revision: "one", statementsDone: 2 }]);
  const ended = await it.migrate("upgrade", "head");
  expect(ended).toMatchObject({ status: 0 });
  expect(ended.stderr).toContain("Resuming at statement 3 of 4 of one\n");
  expect(await versions(database.url)).toEqual(["one"]);
  expect((await it.migrate("current")).stderr).not.toContain("half done");
  expect(await query(database.url, "SELECT * FROM b")).toEqual([]);
}, longest);

test(
  "a half-done revision may change after its last done statement, but not before",
  async () => {
    await using database = await freshDatabase("postgres");
    using it = project({ env: { DATABASE_URL: database.url } });
    write(it, "one", [], four.join("\n"));
    await killedDuring(it, database.url, ["upgrade", "head"], `SELECT ${gate}`);
    const changes = [
      {
        text: ["CREATE TABLE a (id INTEGER);", "CREATE INDEX ix ON a (id);", "SELECT 1;"],
        line: 7,
        found: "has changed since it ran",
      },
      { text: four.slice(0, 1), line: undefined, found: "is no longer in its file" },
    ];
    for (const { text, line, found } of changes) {
      write(it, "one", [], text.join("\n"));
      const refused = await it.migrate("upgrade", "head", "--json");
      expect(refused.status).toBe(1);
      expect(JSON.parse(refused.stdout).error).toMatchObject({
        code: "resume/changed",
        message: expect.stringContaining(`statement 2 of 4 ${found}`),
        hint: expect.stringContaining(`"migrate resume one --restart"`),
        file: "migrations/versions/one.sql",
        line: line ?? null,
      });
    }
    expect(await versions(database.url)).toEqual([]);
    write(
      it,
      "one",
      [],
      ["-- a comment", ...four.slice(0, 2), "CREATE TABLE c (id INTEGER);"].join("\n"),
    );
    await it.ok("upgrade", "head");
    expect(await query(database.url, "SELECT to_regclass('b') AS b, count(*) AS n FROM c")).toEqual(
      [
        { b: null, n: 0 },
      ],
    );
  },
  longest,
);

test("half-done work is not begun anew by a revision that has come to be in a transaction", async () => {
  await using database = await freshDatabase("sqlite");
  using it = project({ env: { DATABASE_URL: database.url } });
  it.write(
    "migrations/versions/t.sql",
    sqlRevision({ id: "t", up: "CREATE TABLE t (id INTEGER);" }),
  );
  const write = (last: string, more: readonly string[]) => {
    const up = `INSERT INTO t VALUES (1);\n${last}`;
    it.write("migrations/versions/one.sql", sqlRevision({ id: "one", down: ["t"], more, up }));
  };
  write("SELECT nothing FROM nowhere;", ["-- transaction: false"]);
  await it.migrate("upgrade", "head");
  write("SELECT 1;", []);
  for (const words of [["upgrade", "head"], ["upgrade", "head", "--dry-run"]]) {
    const { status, stderr } = await it.migrate(...words);
    expect([status, stderr]).toEqual([
      1,
      expect.stringContaining("Cannot continue the upgrade of one: part of it is done"),
    ]);
    expect(stderr).toContain('Hint: Restore "transaction: false" or the autocommit block');
  }
  write("SELECT 1;", ["-- transaction: false"]);
  await it.ok("upgrade", "head");
  expect(await query(database.url, "SELECT id FROM t")).toEqual([{ id: 1 }]);
});

test("half-done work that was undone by hand may run in a transaction", async () => {
  await using database = await freshDatabase("sqlite");
  using it = project({ env: { DATABASE_URL: database.url } });
  const write = (last: string, more: readonly string[]) => {
    const up = `CREATE TABLE t (id INTEGER);\n${last}`;
    it.write("migrations/versions/one.sql", sqlRevision({ id: "one", more, up }));
  };
  write("SELECT nothing FROM nowhere;", ["-- transaction: false"]);
  await it.migrate("upgrade", "head");
  write("SELECT 1;", []);
  await run(database.url, "DROP TABLE t");
  await it.ok("resume", "one", "--restart");
  await it.ok("upgrade", "head");
  expect(await versions(database.url)).toEqual(["one"]);
});

test("a COPY done before a run was killed is not repeated, nor may its rows change", async () => {
  await using database = await freshDatabase("postgres");
  using it = project({ env: { DATABASE_URL: database.url } });
  const [first = "", , ...rest] = four;
  const copy = (row: string) => [first, "COPY a FROM STDIN;", row, "\\.", ...rest].join("\n");
  write(it, "one", [], copy("1"));
  await killedDuring(it, database.url, ["upgrade", "head"], `SELECT ${gate}`);
  write(it, "one", [], copy("2"));
  const refused = await it.migrate("upgrade", "head");
  expect(refused.status).toBe(1);
  expect(refused.stderr).toContain("statement 2 of 4 has changed since it ran");
  write(it, "one", [], copy("1"));
  expect((await it.migrate("upgrade", "head")).stderr).toContain("Resuming at statement 3 of 4");
  expect(await query(database.url, "SELECT a.id FROM a LEFT JOIN b ON true")).toEqual([{ id: 1 }]);
}, longest);

const filling = `CREATE TABLE a (id INTEGER);
CREATE PROCEDURE fill() LANGUAGE plpgsql AS $$ BEGIN
  INSERT INTO a VALUES (1); COMMIT; PERFORM ${gate}; INSERT INTO a VALUES (2);
END $$;
CALL fill();
CREATE TABLE b (id INTEGER);`;

for (const decision of ["--done", "--again", "--restart"] as const) {
  test(
    `a statement with an unknown outcome blocks runs until migrate resume ${decision}`,
    async () => {
      await using database = await freshDatabase("postgres");
      using it = project({ env: { DATABASE_URL: database.url } });
      write(it, "one", [], filling);
      expect(await it.migrate("resume", "one", "--done")).toMatchObject({
        status: 1,
        stderr: expect.stringContaining("Cannot resume one: it is not half done"),
      });
      await killedDuring(it, database.url, ["upgrade", "head"], "CALL fill");
      expect((await it.migrate("current")).stderr).toContain(
        "The upgrade of one is half done: statement 3 of 4 (migrations/versions/one.sql:10) was running when it ended\n",
      );
      const refused = await it.migrate("upgrade", "head");
      expect(refused.status).toBe(1);
      expect(refused.stderr).toContain("it is not known whether its statement 3 of 4 was done");
      expect(refused.stderr).toContain("one.sql:10");
      expect(await it.ok("resume", "one")).toContain("  CALL fill()\n");
      expect((await it.migrate("resume", "one", "--done", "--again")).status).toBe(2);
      const rows = "SELECT count(*)::int AS n FROM a";
      const before = Number((await query(database.url, rows))[0]?.["n"]);
      expect(before).toBeGreaterThan(0);
      if (decision === "--restart") await run(database.url, "DROP TABLE a; DROP PROCEDURE fill()");
      const settled = {
        "--done": "Statement 3 of one counts as done",
        "--again": "Statement 3 of one will run again",
        "--restart": "All statements of one will run again",
      }[decision];
      expect(await it.ok("resume", "one", decision)).toBe(
        `${settled}: "migrate upgrade" continues\n`,
      );
      const [done, line] = { "--done": [3, 10], "--again": [2, 7], "--restart": [0] }[decision];
      const last = `statement ${done} of 4 (migrations/versions/one.sql:${line}) is the last`;
      const { stderr } = await it.migrate("current");
      if (done === 0) expect(stderr).not.toContain("half done");
      else expect(stderr).toContain(`The upgrade of one is half done: ${last} that was done\n`);
      await it.ok("upgrade", "head");
      expect(await versions(database.url)).toEqual(["one"]);
      const twice = { "--done": before, "--again": before + 2, "--restart": 2 }[decision];
      expect(await query(database.url, rows)).toEqual([{ n: twice }]);
      const decided = "SELECT journal, reason, statements_done::int AS done FROM migrate_history " +
        "WHERE outcome = 'resumed'";
      expect(await query(database.url, decided)).toEqual([
        { journal: JSON.stringify({ decision: decision.slice(2) }), reason: decision, done },
      ]);
    },
    longest,
  );
}

test("outside a transaction each statement commits before the next one runs", async () => {
  await using database = await freshDatabase("postgres");
  using it = project({ env: { DATABASE_URL: database.url } });
  const rows = "INSERT INTO a VALUES (1); INSERT INTO a VALUES (2);";
  write(it, "one", [], `CREATE TABLE a (x int); ${rows} ALTER TABLE a ADD y int; SELECT ${gate};`);
  await using closed = await connect(database.url);
  await closed.query({ sql: "SELECT pg_advisory_lock(1)" });
  const child = it.start(["upgrade", "head"]);
  await untilRuns(database.url, `SELECT ${gate}`, "wait_event = 'advisory'");
  // Nothing holds a lock on it any more.
  await run(database.url, "SET lock_timeout = '1ms'", "ALTER TABLE a ADD z int");
  expect(await query(database.url, "SELECT x, y FROM a ORDER BY x")).toHaveLength(2);
  await closed.query({ sql: "SELECT pg_advisory_unlock(1)" });
  expect(await child.exited).toBe(0);
}, longest);

test("a half-done revision blocks other runs until it is stamped", async () => {
  await using database = await freshDatabase("postgres");
  using it = project({ env: { DATABASE_URL: database.url } });
  write(it, "zero", [], "SELECT 1;");
  write(it, "one", ["zero"], "CREATE TABLE a (id INTEGER);\nVACUUM;\nVACUUM missing;");
  const failed = await it.migrate("upgrade", "head");
  expect(failed.stderr).toContain(
    `The first 2 statements of this revision are done and stay: "migrate upgrade one" continues after them`,
  );
  const again = await it.migrate("upgrade", "head");
  expect(again.stderr).toContain("No whole step was committed; the database is at zero\n");
  expect(again.stderr).toContain("The first 2 statements of this revision are done and stay");
  expect(await it.ok("log", "-n", "1")).toContain("2 of 3 statements were done");
  expect((await it.migrate("current")).stderr).toContain(
    "statement 2 of 3 (migrations/versions/one.sql:7) is the last that was done\n",
  );
  const refused = await it.migrate("downgrade", "base");
  expect(refused).toMatchObject({ status: 1 });
  expect(refused.stderr).toContain("the upgrade of one is half done, 2 of 3 statements");
  write(it, "side", ["zero"], "CREATE TABLE side ();");
  expect((await it.migrate("upgrade", "side")).stderr).toContain("the upgrade of one is half done");
  for (const line of ["upgrade side --dry-run", "downgrade zero --dry-run"]) {
    const { stderr, status } = await it.migrate(...line.split(" "));
    expect({ line, status }).toEqual({ line, status: 1 });
    expect(stderr).toContain("the upgrade of one is half done, 2 of 3 statements");
  }
  expect((await it.migrate("upgrade", "one", "--dry-run")).stderr).toContain(
    "Warning: The upgrade of one is half done: statement 2 of 3",
  );
  rmSync(join(it.folder, "migrations/versions/side.sql"));
  await it.ok("stamp", "one");
  expect((await it.migrate("current")).stderr).not.toContain("half done");
  await it.ok("downgrade", "base");
  await run(database.url, "DROP TABLE a");
  write(it, "one", ["zero"], "CREATE TABLE a (id INTEGER);\nVACUUM;");
  await it.ok("upgrade", "head");
}, longest);

test(
  "a failed CALL that may have committed must be settled by migrate resume",
  async () => {
    await using database = await freshDatabase("postgres");
    using it = project({ env: { DATABASE_URL: database.url } });
    const call = "CALL nowhere_to_be_found();";
    write(it, "one", [], call);
    expect((await it.migrate("upgrade", "head")).stderr).toMatch(
      /casts\. Settle with "migrate resume one" whether this one was done\n$/,
    );
    await using busy = await connect(database.url);
    const key = lockKey({ name: "alembic_version" });
    await busy.query({ sql: `SELECT pg_advisory_lock(${key})` });
    expect(await it.ok("resume", "one")).toContain(call.slice(0, -1));
    const waiting = ["resume", "one", "--again", "--lock-wait", "0"];
    expect(await it.migrate(...waiting)).toMatchObject({ status: 4 });
    await busy.query({ sql: `SELECT pg_advisory_unlock(${key})` });
    await it.ok("resume", "one", "--again");
    write(it, "one", [], `CREATE TABLE a (id INTEGER);\n${call}`);
    const second = (await it.migrate("upgrade", "head")).stderr;
    expect(second).toContain(
      `. The first statement of this revision is done and stays. Settle with "migrate resume one" whether`,
    );
    expect(second).not.toContain("continues");
    await it.ok("resume", "one", "--done");
    await it.ok("upgrade", "head");
  },
  longest,
);

test("version tables that share a history have separate journals", async () => {
  await using database = await freshDatabase("postgres");
  using one = project({ env: { DATABASE_URL: database.url } });
  using other = project({ env: { DATABASE_URL: database.url } });
  one.write("migrate.toml", 'version_table = "one"\n');
  other.write("migrate.toml", 'version_table = "other"\n');
  write(one, "r1", [], four.join("\n"));
  write(other, "r1", [], "CREATE TABLE c (id INTEGER);");
  await killedDuring(one, database.url, ["upgrade", "head"], `SELECT ${gate}`);
  // It stays half done, whatever happens to the other version table's revision of the same id.
  expect((await other.migrate("current")).stderr).not.toContain("half done");
  await other.ok("upgrade", "head");
  await other.ok("stamp", "base");
  await other.ok("stamp", "r1");
  expect((await one.migrate("current")).stderr).toContain("statement 2 of 4");
  // A history of an older version does not say which version table a row belongs to.
  await run(database.url, "ALTER TABLE migrate_history DROP COLUMN version_table");
  await run(
    database.url,
    `DELETE FROM migrate_history WHERE direction = 'stamp' OR outcome = 'done'`,
  );
  await one.ok("resume", "r1", "--restart");
  await run(database.url, "DROP TABLE a");
  await one.ok("upgrade", "head");
  expect(await one.ok("log")).not.toContain("stamp");
  expect(await query(database.url, "SELECT to_regclass('b')::text AS b")).toEqual([{ b: "b" }]);
}, longest);

test("a killed downgrade is resumed, even with history = false", async () => {
  await using database = await freshDatabase("postgres");
  using it = project({ env: { DATABASE_URL: database.url } });
  it.write("migrate.toml", "history = false\n");
  write(
    it,
    "one",
    [],
    "CREATE TABLE a (id INTEGER);\nCREATE INDEX ix ON a (id);",
    `DROP INDEX CONCURRENTLY ix;\nSELECT ${gate};\nDROP TABLE a;`,
  );
  await it.ok("upgrade", "head");
  await killedDuring(it, database.url, ["downgrade", "base"], `SELECT ${gate}`);
  const { stderr } = await it.migrate("current");
  expect(stderr).toContain("The downgrade of one is half done: statement 1 of 3");
  expect((await it.migrate("upgrade", "head")).stderr).toContain(
    "the downgrade of one is half done",
  );
  await it.ok("downgrade", "base");
  expect(await versions(database.url)).toEqual([]);
  expect(await query(database.url, "SELECT to_regclass('a') AS a")).toEqual([{ a: null }]);
}, longest);

test(
  "sqlite: a downgrade resumes after its own statements, whatever else is recorded",
  async () => {
    await using database = await freshDatabase("sqlite");
    const { url } = database;
    using it = project({ env: { DATABASE_URL: url } });
    const made = "CREATE TABLE a (id INTEGER);\nVACUUM;";
    const dropped = "DROP TABLE a;\nVACUUM;\nDELETE FROM missing;";
    write(it, "one", [], `${made}\nDELETE FROM missing;`, dropped);
    expect(await it.migrate("upgrade", "head")).toMatchObject({ status: 1 });
    await run(url, "INSERT INTO alembic_version VALUES ('one')");
    expect(await it.migrate("downgrade", "base")).toMatchObject({ status: 1 });
    write(it, "one", [], made, dropped);
    await it.ok("accept", "one", "--reason", "it has all");
    await run(url, "CREATE TABLE missing (id INTEGER)");
    expect((await it.migrate("downgrade", "base")).stderr).toContain(
      "Resuming at statement 3 of 3",
    );
    await it.ok("upgrade", "head");
    expect(await query(url, "SELECT * FROM a")).toEqual([]);
  },
  longest,
);

test("sqlite: a finished revision is not half done in a project without a history", async () => {
  await using database = await freshDatabase("sqlite");
  using it = project({ env: { DATABASE_URL: database.url } });
  it.write("migrate.toml", "history = false\n");
  write(it, "one", [], "CREATE TABLE a (id INTEGER);\nVACUUM;");
  await it.ok("upgrade", "head");
  await it.ok("stamp", "base");
  expect((await it.migrate("current")).stderr).not.toContain("half done");
}, longest);

test("sqlite: a stamp settles a half-done revision, and a failed stamp does not", async () => {
  await using database = await freshDatabase("sqlite");
  const { url } = database;
  using it = project({ env: { DATABASE_URL: url } });
  write(it, "zero", [], "SELECT 1;");
  await it.ok("upgrade", "head");
  write(it, "one", ["zero"], "CREATE TABLE a (id INTEGER);\nVACUUM;\nDELETE FROM missing;");
  expect(await it.migrate("upgrade", "head")).toMatchObject({ status: 1 });
  await run(
    url,
    "CREATE TRIGGER no BEFORE DELETE ON alembic_version BEGIN SELECT RAISE(ABORT, 'no'); END",
  );
  expect(await it.migrate("stamp", "base")).toMatchObject({ status: 1 });
  await run(url, "DROP TRIGGER no");
  expect((await it.migrate("current")).stderr).toContain("The upgrade of one is half done");
  expect(await it.ok("resume", "one")).toContain('"migrate upgrade" continues after it\n');
  expect((await it.migrate("resume", "one", "--done")).stderr).toContain(
    "Cannot resume one: none of its statements is in doubt",
  );
  await run(url, "DROP TABLE a", "CREATE TABLE missing (id INTEGER)");
  await it.ok("stamp", "base");
  await it.ok("upgrade", "head");
  expect(await query(url, "SELECT * FROM a")).toEqual([]);
}, longest);

test(
  "a revision with an autocommit block in its upgrade only can be run again after a downgrade",
  async () => {
    await using database = await freshDatabase("sqlite");
    using it = project({ env: { DATABASE_URL: database.url } });
    it.write(
      "migrations/versions/one.ts",
      `import { column, integer, type Operations } from "migrate";
export const revision = "one";
export const downRevision = null;
export function upgrade(op: Operations): void {
  op.createTable("a", column("id", integer()));
  op.autocommitBlock(() => op.execute("VACUUM"));
}
export function downgrade(op: Operations): void {
  op.dropTable("a");
}
`,
    );
    await it.ok("upgrade", "head");
    await it.ok("downgrade", "base");
    await it.ok("upgrade", "head");
    expect(await query(database.url, "SELECT * FROM a")).toEqual([]);
  },
  longest,
);

test("each operation in an autocommit block commits by itself", async () => {
  await using database = await freshDatabase("sqlite");
  using it = project({ env: { DATABASE_URL: database.url } });
  it.write(
    "migrations/versions/one.js",
    `export const revision = "one";
export const downRevision = null;
export function upgrade(op) {
  op.autocommitBlock(() => {
    op.execute("CREATE TABLE a (id INTEGER)");
    op.execute("INSERT INTO missing VALUES (1)");
  });
}
`,
  );
  const { stderr } = await it.migrate("upgrade", "head");
  expect(stderr).toContain("migrations/versions/one.js:6");
  expect(stderr).toContain("The first statement of this revision is done and stays");
  expect(await query(database.url, "SELECT * FROM a")).toEqual([]);
}, longest);

const indexes = "SELECT count(*)::int AS n FROM pg_index WHERE indrelid = 'a'::regclass";
const partitions = "SELECT count(*)::int AS n FROM pg_inherits WHERE inhparent = 'a'::regclass";

/** Statements that were running when their run ended, what undoes each by hand, and what tells that it was done. */
const inDoubt = [
  {
    made: "CREATE TABLE a (id INTEGER)",
    statement: "CREATE INDEX CONCURRENTLY ix ON a (id)",
    undo: "DROP INDEX ix",
    ...{ asks: indexes, says: 1 },
  },
  {
    made: "CREATE TABLE a (id INTEGER); CREATE INDEX ON a (id)",
    statement: "CREATE INDEX CONCURRENTLY ON a (id)",
    undo: "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'a_id_idx1'::regclass",
    ...{ asks: indexes, says: 2 },
  },
  {
    made: "CREATE TABLE a (id INTEGER); CREATE INDEX ix ON a (id)",
    statement: "DROP INDEX CONCURRENTLY ix",
    undo: "CREATE INDEX ix ON a (id)",
    ...{ asks: indexes, says: 0 },
  },
  {
    made: "CREATE TABLE a (id INTEGER) PARTITION BY LIST (id); " +
      "CREATE TABLE p PARTITION OF a FOR VALUES IN (1)",
    statement: "ALTER TABLE a DETACH PARTITION p CONCURRENTLY",
    undo: "ALTER TABLE a ATTACH PARTITION p FOR VALUES IN (1)",
    ...{ asks: partitions, says: 0 },
  },
];

for (const { made, statement, undo, asks, says } of inDoubt) {
  test(`the catalogue tells whether ${statement} was done`, async () => {
    await using database = await freshDatabase("postgres");
    const { url } = database;
    using it = project({ env: { DATABASE_URL: url } });
    it.write("migrations/versions/zero.sql", sqlRevision({ id: "zero", up: `${made};` }));
    write(it, "one", ["zero"], `${statement};\nVACUUM a;\nCREATE TABLE b (id INTEGER);`);
    await it.ok("upgrade", "head");
    for (const back of [[], [undo]]) {
      await run(
        url,
        "DELETE FROM migrate_history WHERE id > (SELECT min(id) FROM migrate_history WHERE journal LIKE '%doing%')",
        "UPDATE alembic_version SET version_num = 'zero'",
        ...back,
      );
      const goesOn = async () => (await it.migrate("upgrade", "head")).stderr;
      expect(await goesOn()).toContain(`Resuming at statement ${2 - back.length} of 3 of one`);
      await run(url, "DROP TABLE b");
      expect(await goesOn()).toContain("Resuming at statement 3 of 3 of one");
      expect(await versions(url)).toEqual(["one"]);
      expect(await query(url, asks)).toEqual([{ n: says }]);
    }
  }, longest);
}

for (const [stop, ends] of [["terminate", 5], ["cancel", 1]] as const) {
  test(
    `a partition half detached before pg_${stop}_backend is detached by the next run`,
    async () => {
      await using database = await freshDatabase("postgres");
      const { url } = database;
      await run(
        url,
        "CREATE TABLE a (id INTEGER) PARTITION BY LIST (id)",
        "CREATE TABLE p PARTITION OF a FOR VALUES IN (1)",
      );
      using it = project({ env: { DATABASE_URL: url } });
      write(it, "one", [], "ALTER TABLE a DETACH PARTITION p CONCURRENTLY;\nCREATE TABLE b ();");
      await using reader = await connect(url);
      await reader.query({ sql: "BEGIN" });
      await reader.query({ sql: "SELECT * FROM a" });
      const child = it.start(["upgrade", "head"]);
      await untilRows(url, "SELECT inhrelid FROM pg_inherits WHERE inhdetachpending");
      await run(
        url,
        `SELECT pg_${stop}_backend(pid) FROM pg_stat_activity ` +
          "WHERE datname = current_database() AND query LIKE 'ALTER TABLE a DETACH%'",
      );
      expect(await child.exited).toBe(ends);
      await reader.query({ sql: "COMMIT" });
      expect(await query(url, partitions)).toEqual([{ n: 1 }]);
      const { stderr, status } = await it.migrate("upgrade", "head");
      expect(stderr).toContain("Resuming at statement 2 of 2");
      expect(status).toBe(0);
      expect(await query(url, partitions)).toEqual([{ n: 0 }]);
    },
    longest,
  );
}

import { expect, test } from "bun:test";
import { existsSync, rmSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { freshDatabase } from "../servers/fresh_database.ts";
import { until } from "../until.ts";
import { type Project, project, sqlRevision } from "./project.ts";
import { query, run, versions } from "./query.ts";

const kinds = ["sqlite", "postgres", "libsql"] as const;
const longest = 60_000;

function linear(it: Project): void {
  for (const [index, id] of ["aaaa", "bbbb", "cccc"].entries()) {
    const down = index === 0 ? [] : [["aaaa", "bbbb"][index - 1] ?? ""];
    it.write(
      `migrations/versions/${id}.sql`,
      sqlRevision({
        id,
        down,
        message: `table ${id}`,
        up: `CREATE TABLE ${id} (\n  name VARCHAR(20) DEFAULT 'a  b'\n);`,
        downSql: `DROP TABLE ${id};`,
      }),
    );
  }
}

function change(it: Project, id: string, from: string, to: string): void {
  const path = `migrations/versions/${id}.sql`;
  const text = it.read(path);
  if (!text.includes(from)) throw new Error(`"${from}" is not in ${path}`);
  it.write(path, text.replace(from, to));
}

for (const kind of kinds) {
  test(
    `${kind}: a change to an applied revision stops the next run, unless it is cosmetic`,
    async () => {
      await using database = await freshDatabase(kind);
      using it = project({ env: { DATABASE_URL: database.url } });
      linear(it);
      await it.ok("upgrade", "bbbb");
      change(it, "aaaa", "CREATE TABLE aaaa (", "CREATE TABLE aaaa ( -- the first\r\n");
      const noted = await it.migrate("upgrade", "bbbb");
      expect(noted).toMatchObject({ status: 0 });
      expect(noted.stderr).toContain("Only white space and comments in aaaa have changed");
      change(it, "bbbb", "'a  b'", "'a b'");
      for (const line of ["upgrade head", "upgrade head --dry-run", "downgrade -1"]) {
        const { status, stderr } = await it.migrate(...line.split(" "));
        expect({ line, status }).toEqual({ line, status: 1 });
        expect(stderr).toContain(
          "Revision bbbb was changed after it was applied: line 6 was changed",
        );
        expect(stderr).toContain(
          "at migrations/versions/bbbb.sql:6\n    name VARCHAR(20) DEFAULT 'a b'",
        );
        expect(stderr).toContain("migrate accept bbbb --reason");
      }
      expect(await versions(database.url)).toEqual(["bbbb"]);
      expect(await it.migrate("current")).toMatchObject({
        status: 0,
        stdout: "bbbb\n",
        stderr: "",
      });
      change(it, "bbbb", "'a b'", "'a  b'");
      await it.ok("upgrade", "head");
    },
    longest,
  );

  test(
    `${kind}: migrate accept accepts a changed revision, for a reason that it records`,
    async () => {
      await using database = await freshDatabase(kind);
      using it = project({ env: { DATABASE_URL: database.url } });
      linear(it);
      await it.ok("upgrade", "bbbb");
      change(it, "bbbb", "'a  b'", "'a b'");
      expect(await it.migrate("accept", "bbbb")).toMatchObject({ status: 2 });
      expect(await it.migrate("accept", "bbbb", "--reason", " ")).toMatchObject({ status: 2 });
      expect(await it.migrate("accept", "cccc", "--reason", "x")).toMatchObject({ status: 1 });
      expect(await it.ok("accept", "bbbb", "--reason", "it was 'fixed' by hand")).toBe(
        "Accepted bbbb, which had changed after it was applied\n",
      );
      expect(await it.ok("accept", "bbbb", "--reason", "again")).toContain("nothing to accept");
      await it.ok("upgrade", "head");
      expect(JSON.parse(await it.ok("status", "--json"))).toMatchObject({ drift: [] });
      change(it, "bbbb", "'a b'", "'a  b'");
      expect(await it.migrate("downgrade", "-1")).toMatchObject({
        status: 1,
        stderr: expect.stringContaining(
          "bbbb was changed after it was applied: line 6 was changed",
        ),
      });
      const { entries } = JSON.parse(await it.ok("log", "--json"));
      expect(entries.map(brief)).toEqual([
        ["upgrade", "cccc", "done", null],
        ["accept", "bbbb", "done", "it was 'fixed' by hand"],
        ["upgrade", "bbbb", "done", null],
        ["upgrade", "aaaa", "done", null],
      ]);
      expect(entries[1]).toMatchObject({ osUser: expect.any(String), host: expect.any(String) });
    },
    longest,
  );

  test(
    `${kind}: migrate log lists what was done, newest first, including failures`,
    async () => {
      await using database = await freshDatabase(kind);
      using it = project({
        env: { DATABASE_URL: database.url, PGOPTIONS: "-c TimeZone=Asia/Tokyo" },
      });
      expect(await it.migrate("log")).toMatchObject({ status: 0, stdout: "" });
      linear(it);
      change(it, "cccc", "CREATE TABLE cccc", "CREATE TABLE aaaa");
      const before = Date.now();
      await it.ok("upgrade", "bbbb");
      for (const _time of [1, 2]) await it.migrate("upgrade", "head");
      await it.ok("downgrade", "aaaa");
      await it.ok("stamp", "bbbb");
      const lines = (await it.ok("log")).split("\n");
      expect(lines[0]).toMatch(
        /^started \(UTC\) +what +revision +outcome +took +by +version$/,
      );
      expect(Math.max(...lines.map((one) => one.length))).toBeLessThanOrEqual(120);
      const { entries } = JSON.parse(await it.ok("log", "--json"));
      expect(entries.map(brief)).toEqual([
        ["stamp", "bbbb", "done", null],
        ["downgrade", "bbbb", "done", null],
        ["upgrade", "cccc", "failed", null],
        ["upgrade", "cccc", "failed", null],
        ["upgrade", "bbbb", "done", null],
        ["upgrade", "aaaa", "done", null],
      ]);
      expect(entries[2].error).toMatch(/aaaa.*already exists/);
      for (const { started, durationMs } of entries) {
        expect(started).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
        expect(Date.parse(started)).toBeGreaterThanOrEqual(before);
        expect(Date.parse(started)).toBeLessThanOrEqual(Date.now());
        expect(Number.isInteger(durationMs)).toBe(true);
      }
      expect(entries[0].toolVersion).toBe("0.1.0");
      const short = JSON.parse(await it.ok("log", "-n", "1", "bbb", "--json"));
      expect(short.entries.map(brief)).toEqual([["stamp", "bbbb", "done", null]]);
      rmSync(join(it.folder, "migrations/versions/cccc.sql"));
      const gone = JSON.parse(await it.ok("log", "ccc", "--json"));
      expect(gone.entries.map(brief)).toEqual([
        ["upgrade", "cccc", "failed", null],
        ["upgrade", "cccc", "failed", null],
      ]);
      expect(await it.migrate("log", "nope")).toMatchObject({
        status: 1,
        stderr: expect.stringContaining("Can't locate revision identified by 'nope'"),
      });
      await it.ok("stamp", "base");
      const base = JSON.parse(await it.ok("log", "base", "--json"));
      expect(base.entries.map(brief)).toEqual([["stamp", "base", "done", null]]);
      expect(await it.migrate("log", "-n", "0")).toMatchObject({ status: 2 });
      // A run that was killed is superseded only by its own continuation.
      const started = "UPDATE migrate_history SET outcome = 'started' WHERE ";
      await run(database.url, `${started} direction = 'upgrade' AND revision <> 'aaaa'`);
      const left = JSON.parse(await it.ok("log", "--json")).entries.map(brief);
      expect(left.filter((one: readonly unknown[]) => one[2] === "started")).toEqual([
        ["upgrade", "cccc", "started", null],
        ["upgrade", "bbbb", "started", null],
      ]);
    },
    longest,
  );

  test(
    `${kind}: migrate log shows how long each step took, including failed ones`,
    async () => {
      await using database = await freshDatabase(kind);
      using it = project({ env: { DATABASE_URL: database.url } });
      const slow = kind === "postgres"
        ? "INSERT INTO t SELECT 1 FROM pg_sleep(0.05);"
        : "INSERT INTO t WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c LIMIT 200000) SELECT n FROM c;";
      const write = (id: string, down: readonly string[], up: string) =>
        it.write(`migrations/versions/${id}.sql`, sqlRevision({ id, down, message: id, up }));
      write("aaaa", [], `CREATE TABLE t (n integer);\n${slow}`);
      write("bbbb", ["aaaa"], `${slow}\nINSERT INTO nowhere VALUES (1);`);
      await it.ok("upgrade", "aaaa");
      expect(await it.migrate("upgrade", "head")).toMatchObject({ status: 1 });
      const { entries } = JSON.parse(await it.ok("log", "--json"));
      expect(entries.map(brief)).toEqual([
        ["upgrade", "bbbb", "failed", null],
        ["upgrade", "aaaa", "done", null],
      ]);
      for (const { durationMs } of entries) expect(durationMs).toBeGreaterThan(1);
      expect(await it.ok("log")).toMatch(/ bbbb +failed +\d+ ms /);
    },
    longest,
  );

  test(
    `${kind}: a history table of an older version is read, and gains the missing columns`,
    async () => {
      await using database = await freshDatabase(kind);
      using it = project({ env: { DATABASE_URL: database.url } });
      linear(it);
      await it.ok("upgrade", "bbbb");
      const older = ["lines", "sources", "reason", "backup", "journal"];
      await run(
        database.url,
        ...older.map((one) => `ALTER TABLE migrate_history DROP COLUMN ${one}`),
      );
      await run(
        database.url,
        `UPDATE migrate_history SET checksum = '1:' || substr(checksum, 3, 64) WHERE revision = 'aaaa'`,
        `UPDATE migrate_history SET checksum = NULL WHERE revision = 'bbbb'`,
      );
      expect(JSON.parse(await it.ok("log", "--json")).entries).toHaveLength(2);
      expect((await it.migrate("status")).stdout).toContain("bbbb -> cccc");
      change(it, "aaaa", "CREATE", "CREATE  ");
      expect(JSON.parse((await it.migrate("status", "--json")).stdout).drift).toMatchObject([
        { revision: "aaaa", verdict: "semantic", line: null },
      ]);
      change(it, "aaaa", "CREATE  ", "CREATE");
      change(it, "bbbb", "'a  b'", "'a b'"); // of which nothing is recorded
      await it.ok("upgrade", "head");
      const rows = await query(database.url, "SELECT * FROM migrate_history ORDER BY id");
      expect(rows.map((one) => [one["revision"], typeof one["lines"]])).toEqual([
        ["aaaa", "object"],
        ["bbbb", "object"],
        ["cccc", "string"],
      ]);
      for (const column of older) expect(Object.keys(rows[0] ?? {})).toContain(column);
      change(it, "aaaa", "CREATE", "CREATE  ");
      const { status, stderr } = await it.migrate("upgrade", "head");
      expect(status).toBe(1);
      expect(stderr).toContain(
        "Revision aaaa was changed after it was applied\n  at migrations/versions/aaaa.sql\n",
      );
    },
    longest,
  );

  test(`${kind}: migrate status shows pending and changed revisions, read-only`, async () => {
    await using database = await freshDatabase(kind);
    using it = project({ env: { DATABASE_URL: database.url } });
    linear(it);
    const before = await it.migrate("status", "--json");
    expect(before.status).toBe(3);
    expect(JSON.parse(before.stdout)).toEqual({
      database: expect.any(String),
      current: [],
      pending: ["aaaa", "bbbb", "cccc"].map(revision),
      heads: [revision("cccc")],
      drift: [],
      interrupted: [],
      holder: null,
    });
    const tables = kind === "postgres"
      ? "SELECT 1 FROM pg_tables WHERE schemaname = 'public'"
      : "SELECT 1 FROM sqlite_schema";
    if (kind === "sqlite") {
      expect(existsSync(database.url.slice("sqlite:///".length))).toBe(false);
    } else expect(await query(database.url, tables)).toEqual([]);
    await it.ok("upgrade", "head");
    expect(await it.migrate("status")).toMatchObject({ status: 0 });
    change(it, "bbbb", "'a  b'", "'a b'");
    change(it, "aaaa", "(\n", "( -- all\n");
    const changed = await it.migrate("status", "--json");
    expect(changed.status).toBe(3);
    expect(JSON.parse(changed.stdout)).toMatchObject({
      current: [revision("cccc")],
      pending: [],
      drift: [
        { revision: "aaaa", verdict: "cosmetic", line: null },
        { revision: "bbbb", verdict: "semantic", line: 6, change: "line 6 was changed" },
      ],
    });
    await run(database.url, "UPDATE alembic_version SET version_num = 'gone'");
    const unknown = await it.migrate("status", "--json");
    expect(unknown.status).toBe(3);
    expect(JSON.parse(unknown.stdout)).toMatchObject({
      current: [{ revision: "gone", path: null, missing: true }],
      pending: [],
    });
    expect((await it.migrate("status")).stdout).toContain("gone (not on disk)");
  }, longest);
}

for (const kind of kinds) {
  test(`${kind}: migrate status names a run in progress, and does not wait for it`, async () => {
    await using database = await freshDatabase(kind);
    using it = project({ env: { DATABASE_URL: database.url } });
    it.write(
      "migrations/versions/one.ts",
      `import { existsSync, writeFileSync } from "node:fs";
       export const revision = "one";
       export const downRevision = null;
       export function upgrade(op) {
         op.run("wait", async (db) => {
           await db.query\`SELECT 1\`;
           writeFileSync("waiting", "");
           while (!existsSync("go")) await new Promise((go) => setTimeout(go, 50));
         });
       }`,
    );
    const child = it.start(["upgrade", "head"]);
    await until(() => existsSync(join(it.folder, "waiting")));
    const { holder } = JSON.parse((await it.migrate("status", "--json")).stdout);
    it.write("go", "");
    expect(await child.exited).toBe(0);
    expect(holder).toMatch(kind === "postgres" ? /application "migrate"/ : /process \d+/);
    expect(await it.migrate("status")).toMatchObject({ status: 0 });
    expect(JSON.parse(await it.ok("status", "--json")).holder).toBe(null);
  }, longest);
}

test("migrate status marks an effective head as migrate heads does", async () => {
  using it = project({ env: { DATABASE_URL: "sqlite:///./app.db" } });
  it.write("migrations/versions/a.sql", sqlRevision({ id: "aaaa" }));
  it.write("migrations/versions/b.sql", sqlRevision({ id: "bbbb", dependsOn: ["aaaa"] }));
  await it.ok("upgrade", "heads");
  expect(await it.ok("heads")).toBe("aaaa (effective head)\nbbbb (head)\n");
  expect(await it.ok("status")).toContain(
    "Heads:     aaaa (effective head), aaaa\n           bbbb (head), bbbb\n",
  );
});

test("an error message with a NUL byte is printed and recorded", async () => {
  using it = project({ env: { DATABASE_URL: "sqlite:///./app.db" } });
  it.write(
    "migrations/versions/a.js",
    `export const revision = "a";
     export const downRevision = null;
     export function upgrade(op) {
       op.run("read", () => { throw new Error("an odd \\0 byte"); });
     }`,
  );
  const { status, stderr } = await it.migrate("upgrade", "head");
  expect(status).toBe(1);
  expect(stderr).toContain("Error: Cannot upgrade to a: an odd \\x00 byte\n");
  const { entries: [entry] } = JSON.parse(await it.ok("log", "--json"));
  expect([entry.outcome, entry.error]).toEqual([
    "failed",
    "Cannot upgrade to a: an odd \ufffd byte",
  ]);
});

test("a changed word of a large file stops the next run, whatever the file's time is", async () => {
  await using database = await freshDatabase("sqlite");
  using it = project({ env: { DATABASE_URL: database.url } });
  const path = "migrations/versions/aaaa.sql";
  const write = (last: string) => {
    const rows = "INSERT INTO t VALUES ('x');\n".repeat(50_000);
    const up = `CREATE TABLE t (a TEXT);\n${rows}INSERT INTO t VALUES ('${last}');`;
    it.write(path, sqlRevision({ id: "aaaa", up }));
    utimesSync(join(it.folder, path), 0, 0); // as a build does that always makes the same image
  };
  write("one");
  await it.ok("upgrade", "head");
  await it.ok("upgrade", "head");
  write("two");
  const { status, stderr } = await it.migrate("upgrade", "head");
  expect([status, stderr]).toEqual([1, expect.stringContaining("aaaa was changed after it was")]);
}, longest);

test("changed_revisions: warn prints a warning and goes on, ignore prints nothing", async () => {
  using it = project({ env: { DATABASE_URL: "sqlite:///./app.db" } });
  linear(it);
  await it.ok("upgrade", "aaaa");
  change(it, "aaaa", "'a  b'", "'a b'");
  it.write("migrate.toml", `changed_revisions = "warn"\n`);
  const warned = await it.migrate("upgrade", "bbbb");
  expect(warned.status).toBe(0);
  expect(warned.stderr).toContain("Warning: Revision aaaa was changed after it was applied");
  it.write("migrate.toml", `changed_revisions = "ignore"\n`);
  const ignored = await it.migrate("upgrade", "head");
  expect(ignored.status).toBe(0);
  expect(ignored.stderr).not.toContain("changed");
  expect(await it.ok("status")).not.toContain("Changed");
  it.write("migrate.toml", "");
  expect(await it.migrate("status")).toMatchObject({ status: 3 });
  expect(await it.migrate("upgrade", "head")).toMatchObject({ status: 1 });
});

test("a few changed revisions are named, and the rest counted", async () => {
  using it = project({ env: { DATABASE_URL: "sqlite:///./app.db" } });
  for (const n of [1, 2, 3, 4, 5, 6]) {
    const up = `CREATE TABLE t${n} (\n  a INT,\n  b INT\n);`;
    it.write(
      `migrations/versions/r${n}.sql`,
      sqlRevision({ id: `r${n}`, down: n === 1 ? [] : [`r${n - 1}`], up }),
    );
  }
  await it.ok("stamp", "r1"); // of which nothing is recorded
  await it.ok("upgrade", "r6");
  const digests = "SELECT revision FROM migrate_history WHERE sources IS NOT NULL ORDER BY id";
  expect(await query(`sqlite:///${it.folder}/app.db`, digests)).toEqual([{ revision: "r6" }]);
  const said = async () => (await it.migrate("upgrade", "r6")).stderr;
  expect(await said()).not.toContain("changed");
  for (const id of ["r1", "r3", "r4"]) change(it, id, "(\n", "( -- all\n");
  expect(await said()).toContain("Only white space and comments in r3, r4 have changed since they");
  change(it, "r5", "(\n", "( -- all\n");
  expect(await said()).toContain("comments in r3, r4, r5 have changed");
  change(it, "r6", "(\n", "( -- all\n");
  expect(await said()).toContain("comments in r3, r4, r5 and 1 more have changed");
  change(it, "r6", "  a INT,\n", "");
  const gone = await said();
  expect(gone).toContain(
    "Revision r6 was changed after it was applied: a line is gone after line 5",
  );
  expect(gone).toContain("at migrations/versions/r6.sql:5\n");
  expect(gone).not.toContain("Only white space");
  change(it, "r5", "  a INT", `  a ${"INT ".repeat(40)}\n${"  -- more\n".repeat(4)}  , c INT`);
  const long = await said();
  expect(long).toContain(
    "r5 was changed after it was applied: lines 6 to 11 were changed, and so was 1 more",
  );
  expect(long).toContain(`    a${" INT".repeat(29)}\n${"    -- more\n".repeat(4)}  …\n`);
  change(it, "r4", "  a INT", `  a TEXT\n${"  -- more\n".repeat(3)}  , c INT`);
  const five = await said();
  expect(five).toContain("lines 6 to 10 were changed, and so were 2 more");
  expect(five).not.toContain("…");
  it.write("migrate.toml", `changed_revisions = "warn"\n`);
  const warned = await said();
  expect(warned).toContain("Warning: Revision r4 was changed");
  expect(warned).toContain("Only white space and comments in r3 have changed since it was applied");
});

test("a failed upgrade records no checksum, and a downgrade clears the recorded one", async () => {
  using it = project({ env: { DATABASE_URL: "sqlite:///./app.db" } });
  linear(it);
  change(it, "bbbb", "TABLE bbbb", "TABLE aaaa");
  expect(await it.migrate("upgrade", "bbbb")).toMatchObject({ status: 1 });
  await it.ok("upgrade", "aaaa");
  await it.ok("stamp", "bbbb");
  change(it, "bbbb", "TABLE aaaa", "TABLE bbbb");
  await it.ok("upgrade", "bbbb");
  await it.ok("stamp", "aaaa");
  await it.ok("upgrade", "bbbb");
  await it.ok("downgrade", "aaaa");
  change(it, "bbbb", "'a  b'", "'a b'");
  await it.ok("stamp", "bbbb");
  await it.ok("upgrade", "bbbb");
  change(it, "aaaa", "DROP TABLE aaaa", "DROP TABLE none");
  await it.ok("accept", "aaaa", "--reason", "it cannot be undone");
  expect(await it.migrate("downgrade", "base")).toMatchObject({ status: 1 });
  change(it, "aaaa", "DROP TABLE none", "DROP TABLE aaaa");
  expect((await it.migrate("upgrade", "bbbb")).stderr).toContain("Revision aaaa was changed");
});

test("migrate accept accepts only the named revision, even if it was only stamped", async () => {
  using it = project({ env: { DATABASE_URL: "sqlite:///./app.db" } });
  linear(it);
  await it.ok("stamp", "aaaa");
  await it.ok("upgrade", "head");
  for (const id of ["bbbb", "cccc"]) change(it, id, "'a  b'", "'a b'");
  await it.ok("accept", "cccc", "--reason", "it has it");
  expect((await it.migrate("upgrade", "head")).stderr).toContain("Revision bbbb was changed");
  await it.ok("accept", "bbbb", "--reason", "it has it");
  await it.ok("upgrade", "head");
  expect(await it.ok("accept", "aaaa", "--reason", "so it was")).toBe(
    "Accepted aaaa, for which nothing had been recorded\n",
  );
  change(it, "aaaa", "'a  b'", "'a b'");
  expect((await it.migrate("upgrade", "head")).stderr).toContain("Revision aaaa was changed");
});

test("a changed import counts as a changed revision, even after a stamp", async () => {
  using it = project({ env: { DATABASE_URL: "sqlite:///./app.db" } });
  it.write("migrations/names.ts", "export const names = ['a'];\n");
  it.write(
    "migrations/versions/one.ts",
    `import { names } from "../names.ts";
     export const revision = "one";
     export const downRevision = null;
     export function upgrade(op) { for (const name of names) op.execute(\`CREATE TABLE \${name} (id INT)\`); }
     export function downgrade(op) { for (const name of names) op.dropTable(name); }`,
  );
  await it.ok("upgrade", "head");
  it.write("migrations/names.ts", "// all\nexport const names = ['a'];\n");
  expect((await it.migrate("upgrade", "head")).stderr).toContain(
    "Only white space and comments in one",
  );
  it.write("migrations/names.ts", "// all\nexport const names = ['a', 'b'];\n");
  const { status, stderr } = await it.migrate("upgrade", "head");
  expect(status).toBe(1);
  expect(stderr).toContain("in a file that it imports, line 2 was changed");
  expect(stderr).toContain("at migrations/names.ts:2");
  await it.ok("accept", "one", "--reason", "b is there");
  await it.ok("upgrade", "head");
  it.write("migrations/names.ts", "export const names = ['a'];\n");
  expect(await it.migrate("upgrade", "head")).toMatchObject({ status: 1 });
  await it.ok("stamp", "base");
  await it.ok("stamp", "one");
  expect(await it.migrate("upgrade", "head")).toMatchObject({ status: 1 });
});

function brief(entry: Readonly<Record<string, unknown>>): readonly unknown[] {
  return [entry["direction"], entry["revision"], entry["outcome"], entry["reason"]];
}

function revision(id: string): unknown {
  return expect.objectContaining({ revision: id, path: `migrations/versions/${id}.sql` });
}

const othersColumns = ["revision TEXT, note TEXT", "id INTEGER, outcome INTEGER"];

test.each(
  kinds.flatMap((kind) => othersColumns.map((columns) => [kind, columns] as const)),
)("%s: an unrelated table (%s) named migrate_history is not touched", async (kind, columns) => {
  await using database = await freshDatabase(kind);
  using it = project({ env: { DATABASE_URL: database.url } });
  linear(it);
  await run(database.url, `CREATE TABLE migrate_history (${columns})`);
  await run(database.url, "INSERT INTO migrate_history VALUES (1, 2)");
  const { status, stderr } = await it.migrate("upgrade", "head");
  expect(status).toBe(1);
  expect(stderr).toContain("Cannot write the history into migrate_history: it has no column ");
  expect(stderr).toContain("The table belongs to something else: rename it");
  for (const verb of ["current", "status", "log"]) {
    expect((await it.migrate(verb)).stderr).not.toMatch(/column|internal/);
  }
  expect(await query(database.url, "SELECT * FROM migrate_history")).toHaveLength(1);
}, longest);

test("migrate log of a revision omits others whose ids start with its id", async () => {
  await using database = await freshDatabase("sqlite");
  using it = project({ env: { DATABASE_URL: database.url } });
  it.write("migrations/versions/r1.sql", sqlRevision({ id: "r1" }));
  it.write("migrations/versions/r10.sql", sqlRevision({ id: "r10", down: ["r1"] }));
  await it.ok("upgrade", "head");
  const { entries } = JSON.parse(await it.ok("log", "r1", "--json"));
  expect(entries.map(brief)).toEqual([["upgrade", "r1", "done", null]]);
}, longest);

test("a run of 501 steps is recorded completely", async () => {
  await using database = await freshDatabase("sqlite");
  using it = project({ env: { DATABASE_URL: database.url } });
  for (let number = 1; number <= 501; number++) {
    const down = number === 1 ? [] : [`r${number - 1}`];
    it.write(`migrations/versions/${number}.sql`, sqlRevision({ id: `r${number}`, down }));
  }
  const before = performance.now();
  await it.ok("upgrade", "head");
  const took = performance.now() - before;
  const recorded =
    "SELECT count(DISTINCT revision) AS n, sum(duration_ms) AS ms FROM migrate_history";
  const [row] = await query(database.url, recorded);
  expect(row?.["n"]).toBe(501);
  expect(Number(row?.["ms"])).toBeLessThanOrEqual(took + 501); // each is rounded
}, longest);

for (const kind of kinds) {
  test(
    `${kind}: the number of statements is recorded, and nothing with history = false`,
    async () => {
      await using database = await freshDatabase(kind);
      using it = project({ env: { DATABASE_URL: database.url } });
      const up = "CREATE TABLE a (id INTEGER);\nCREATE INDEX ix ON a (id);";
      it.write("migrations/versions/1.sql", sqlRevision({ id: "one", up }));
      await it.ok("upgrade", "head");
      it.write(
        "migrations/versions/2.ts",
        `export const revision = "two";
         export const downRevision = "one";
         export const statementTimeout = "61s";
         export function upgrade(op) {
           const look = () => op.run("look", (db) => db.query("SELECT id FROM a"));
           look();
           for (const id of [1, 2]) op.execute({ sql: "INSERT INTO a VALUES ($1)", parameters: [id] });
           look();
           for (const name of ["b", "c"]) op.execute(\`CREATE TABLE \${name} (id INTEGER)\`);
           look();
         }`,
      );
      await it.ok("upgrade", "head");
      it.write("migrations/versions/3.sql", sqlRevision({ id: "three", down: ["two"], up }));
      expect(await it.migrate("upgrade", "head")).toMatchObject({ status: 1 });
      it.write("migrations/versions/3.sql", sqlRevision({ id: "three", down: ["two"] }));
      it.write("migrate.toml", "history = false\n");
      await it.ok("upgrade", "head");
      const done = "SELECT revision || ' ' || statements_done || ' ' || statements AS it " +
        "FROM migrate_history ORDER BY id";
      expect(await query(database.url, done)).toEqual([
        { it: "one 2 2" },
        { it: "two 7 7" },
        { it: "three 0 2" },
      ]);
    },
    longest,
  );
}

import { describe, expect, test } from "bun:test";
import { freshDatabase } from "../servers/fresh_database.ts";
import { type Project, project, sqlRevision } from "./project.ts";
import { query, run, versions } from "./query.ts";

const longest = 60_000;

const tables = sqlRevision({
  id: "tables",
  up: `CREATE TABLE users (
  id INTEGER PRIMARY KEY AUTOINCREMENT, -- never again
  name text COLLATE NOCASE,
  age int CHECK (age > 0)
);
CREATE INDEX ix_name ON users (name COLLATE RTRIM DESC) WHERE age > 1;
CREATE TABLE posts (user_id int NOT NULL REFERENCES users (id) ON DELETE CASCADE, title text);
CREATE TABLE log (line text);
CREATE TRIGGER tr AFTER INSERT ON users BEGIN INSERT INTO log VALUES (new.name); END;
CREATE VIEW names AS SELECT name FROM users;
INSERT INTO users (id, name, age) VALUES (3, 'Ada', 36), (9, 'Bob', NULL);
INSERT INTO posts VALUES (3, 'first'), (3, 'second'), (9, 'third');
DELETE FROM log;`,
});

/** A revision after the tables, with the body of its upgrade from line 5 on. */
function change(body: string, header = ""): string {
  return `import { check, column, integer, raw, text, type Operations } from "migrate";
export const revision = "change";
export const downRevision = "tables";${header}
export function upgrade(op: Operations): void {
${body}
}
`;
}

const notNull = `  op.alterColumn("users", "age", { nullable: false });`;
const named = `  op.alterColumn("users", "name", { nullable: false, existingNullable: true });
  op.addConstraint("users", check("length(name) > 1", { name: "ck_name" }));`;

function withTables(url: string, second: string, config = ""): Project {
  const it = project({ env: { DATABASE_URL: url } });
  it.write("migrate.toml", config);
  it.write("migrations/versions/1.sql", tables);
  it.write("migrations/versions/2.ts", second);
  return it;
}

const everything =
  `SELECT (SELECT group_concat(type || ' ' || name || ': ' || coalesce(sql, ''), char(10))
    FROM (SELECT * FROM sqlite_schema WHERE name NOT LIKE '%migrate%' AND name NOT LIKE '%alembic%'
      AND name <> 'users' ORDER BY type, name)) AS others,
  (SELECT sql FROM sqlite_schema WHERE name = 'users') AS users,
  (SELECT group_concat(id || name || coalesce(age, '-')) FROM users) AS rows,
  (SELECT count(*) FROM posts) AS posts, (SELECT count(*) FROM log) AS log,
  (SELECT group_concat(name || seq) FROM sqlite_sequence WHERE name <> 'migrate_history') AS counted,
  (SELECT count(*) FROM sqlite_schema WHERE name LIKE '\\_migrate%' ESCAPE '\\') AS left_over`;

for (const kind of ["sqlite", "libsql"] as const) {
  describe(kind, () => {
    test("a rebuild loses nothing, whether foreign keys are enforced or not", async () => {
      for (const config of ["", "foreign_keys = true\n"]) {
        await using database = await freshDatabase(kind);
        using it = withTables(database.url, change(named), config);
        await it.ok("upgrade", "tables");
        const [before] = await query(database.url, everything);
        await it.ok("upgrade", "head");
        const [after] = await query(database.url, everything);
        expect(after).toEqual({
          ...before,
          users: String(before?.["users"]).replace("text COLLATE", "text NOT NULL COLLATE")
            .replace("(age > 0)", "(age > 0),\n  CONSTRAINT ck_name CHECK (length(name) > 1)"),
        });
        expect(Number(after?.["posts"])).toBe(3);
        await it.ok("downgrade", "tables");
        expect(await query(database.url, everything)).toEqual(before ? [before] : []);
      }
    }, longest);

    test("a rebuild that fails leaves everything as it was, and names its line", async () => {
      await using database = await freshDatabase(kind);
      using it = withTables(
        database.url,
        change(`  op.execute("INSERT INTO log VALUES ('x')");\n${notNull}`),
      );
      await it.ok("upgrade", "tables");
      const before = await query(database.url, everything);
      const { status, stderr } = await it.migrate("upgrade", "head");
      expect(status).toBe(1);
      expect(stderr).toContain("NOT NULL constraint failed: users.age");
      expect(stderr).toContain("2.ts:6");
      expect(await query(database.url, everything)).toEqual(before);
      expect(await versions(database.url)).toEqual(["tables"]);
    }, longest);

    test("dropping a column that a view uses is an error before anything changes", async () => {
      await using database = await freshDatabase(kind);
      using it = withTables(
        database.url,
        change(`${named}\n  op.dropColumn("users", "name");`),
      );
      await it.ok("upgrade", "tables");
      const before = await query(database.url, everything);
      const { status, stderr } = await it.migrate("upgrade", "head");
      expect([status, stderr]).toEqual([
        1,
        expect.stringContaining(
          `Cannot drop the column "name" of "users": the view "names" uses it`,
        ),
      ]);
      expect(await query(database.url, everything)).toEqual(before);
    }, longest);

    test("later operations of the same revision find the rebuilt table", async () => {
      await using database = await freshDatabase(kind);
      using it = withTables(
        database.url,
        change(
          `  op.createTable("made", column("id", integer(), { primaryKey: true }), column("a", text()));
  op.alterColumn("made", "a", { nullable: false });
  op.execute("INSERT INTO made (a) VALUES ('x')");
  op.addColumn("made", column("b", integer(), { serverDefault: raw("1 + 1"), nullable: false }));`,
        ),
      );
      await it.ok("upgrade", "head");
      expect(await query(database.url, "SELECT a, b FROM made")).toEqual([{ a: "x", b: 2 }]);
    }, longest);
  });
}

const atOnce = `  op.run("count", async (db, op) => {
    await op.alterColumn("users", "name", { nullable: false });
    const users = (await db.inspect()).table("users");
    if (users?.columns.some((it) => it.name === "name" && it.nullable)) throw new Error("nullable");
  });`;

test("a rebuild in op.run is done at once, or refused if foreign keys are enforced", async () => {
  await using database = await freshDatabase("sqlite");
  using it = withTables(database.url, change(atOnce), "foreign_keys = true\n");
  await it.ok("upgrade", "tables");
  const before = await query(database.url, everything);
  const { stderr } = await it.migrate("upgrade", "head");
  expect(stderr).toContain("Cannot rebuild a table in op.run while foreign keys are enforced");
  expect(stderr).toContain("2.ts:6");
  expect(await query(database.url, everything)).toEqual(before);
  it.write("migrate.toml", "");
  await it.ok("upgrade", "head");
  expect((await query(database.url, everything))[0]).toMatchObject({
    posts: 3,
    log: 0,
    left_over: 0,
  });
  it.write("migrate.toml", "foreign_keys = true\n");
  it.write(
    "migrations/versions/3.ts",
    `export const revision = "native";
     export const downRevision = "change";
     export function upgrade(op) { op.run("drop", (db, op) => op.dropColumn("posts", "title")); }`,
  );
  await it.ok("upgrade", "head");
}, longest);

test(
  "a run that leaves foreign key violations after a rebuild is rolled back",
  async () => {
    await using database = await freshDatabase("sqlite");
    using it = withTables(
      database.url,
      change(`${named}\n  op.execute("DELETE FROM users WHERE id = 3");`),
      "foreign_keys = true\n",
    );
    await it.ok("upgrade", "tables");
    const before = await query(database.url, everything);
    const { status, stderr } = await it.migrate("upgrade", "head");
    expect([status, stderr]).toEqual([1, expect.stringContaining(`"posts" refers to "users"`)]);
    expect(await query(database.url, everything)).toEqual(before);
    await using other = await freshDatabase("sqlite");
    it.write("migrate.toml", "");
    await it.ok("upgrade", "head", "--database-url", other.url); // nobody asked for them
    it.write("migrate.toml", "foreign_keys = true\n");
    // Violations that were there before do not undo the run.
    await run(database.url, "PRAGMA foreign_keys = OFF", "DELETE FROM users WHERE id = 3");
    await it.ok("upgrade", "head");
  },
  longest,
);

test(
  "libsql: a rebuild that cannot be in one batch is refused before anything runs",
  async () => {
    await using database = await freshDatabase("libsql");
    for (
      const second of [
        change(`${named}\n${atOnce}`),
        change(named, " export const transaction = false;"),
      ]
    ) {
      using it = withTables(database.url, second);
      const { status, stderr } = await it.migrate("upgrade", "head");
      expect([status, stderr]).toEqual([
        1,
        expect.stringContaining("foreign keys can be off for one batch only"),
      ]);
      expect(stderr).toContain("2.ts:5");
      expect(await query(database.url, "SELECT 1 FROM sqlite_schema WHERE name = 'users'"))
        .toEqual([]);
    }
  },
  longest,
);

test("a rebuild outside a transaction keeps all rows with foreign keys enforced", async () => {
  await using database = await freshDatabase("sqlite");
  using it = withTables(
    database.url,
    change(named, " export const transaction = false;"),
    "foreign_keys = true\n",
  );
  await it.ok("upgrade", "head");
  expect((await query(database.url, everything))[0]).toMatchObject({ posts: 3, left_over: 0 });
}, longest);

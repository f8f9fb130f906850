import { expect, test } from "bun:test";
import { freshDatabase } from "../servers/fresh_database.ts";
import { project, sqlRevision } from "./project.ts";
import { query, versions } from "./query.ts";

const longest = 60_000;

const tables = sqlRevision({
  id: "one",
  up: `CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE posts (id INTEGER PRIMARY KEY, user_id INTEGER REFERENCES users ON DELETE CASCADE);
INSERT INTO users VALUES (1, 'Ada');
INSERT INTO posts VALUES (1, 1);`,
});

const madeAnew = `CREATE TABLE new_users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
INSERT INTO new_users SELECT * FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;`;

/** A table rebuilt by hand, as SQLite's own documentation has it. */
const byHand = (off: string) => `${off};\n${madeAnew}\nPRAGMA foreign_keys = ON;`;

const withCode = `
export const revision = "two";
export const downRevision = "one";
export function upgrade(op) {
  op.execute("PRAGMA foreign_keys = OFF");
  for (const it of ${JSON.stringify(madeAnew.split("\n"))}) op.execute(it);
  op.run("look", (db) => db.query("SELECT 1"));
}
`;

const inCode = `
export const revision = "two";
export const downRevision = "one";
export function upgrade(op) {
  op.run("by hand", async (db) => {
    await db.query("-- first\\nPRAGMA foreign_keys = OFF");
    for (const it of ${JSON.stringify(madeAnew.split("\n"))}) await db.query(it);
  });
}
`;

/** Where foreign keys are enforced, and a revision whose pragma has no effect there. */
const enforced = [
  ["sqlite", "foreign_keys = true\n", "2.sql", byHand("PRAGMA foreign_keys = OFF")],
  ["sqlite", "foreign_keys = true\n", "2.sql", byHand("pragma /* now */ main.foreign_keys(0)")],
  ["libsql", "foreign_keys = true\n", "2.sql", byHand("PRAGMA foreign_keys='off'")],
  ["libsql", "", "2.sql", byHand("PRAGMA foreign_keys = OFF")],
  ["libsql", "", "2.ts", withCode],
] as const;

/** Where the pragma has no effect. A libSQL server can be told not to enforce them for a batch. */
function inVain(config: string, file: string): readonly ("inside" | "alone")[] {
  if (file !== "2.sql") return ["inside"];
  return config === "" ? ["alone"] : ["inside", "alone"];
}

for (const [kind, config, file, text] of enforced) {
  for (const where of inVain(config, file)) {
    const alone = where === "alone";
    test(
      `${kind}: ${text.trim().split("\n")[0]} is refused if foreign keys are enforced${
        alone ? ", outside a transaction" : ""
      }`,
      async () => {
        await using database = await freshDatabase(kind);
        using it = project({ env: { DATABASE_URL: database.url } });
        it.write("migrate.toml", config);
        it.write("migrations/versions/1.sql", tables);
        await it.ok("upgrade", "one");
        const more = alone ? ["-- transaction: false"] : [];
        it.write(
          `migrations/versions/${file}`,
          file === "2.sql" ? sqlRevision({ id: "two", down: ["one"], up: text, more }) : text,
        );
        const { status, stderr } = await it.migrate("upgrade", "head");
        expect([status, stderr]).toEqual([
          1,
          expect.stringContaining(
            "Cannot run revision two: its PRAGMA foreign_keys would not switch foreign keys off",
          ),
        ]);
        expect(stderr).toContain(`at migrations/versions/${file}:${alone ? 6 : 5}`);
        expect(stderr).toContain(
          config === "" ? "a revision of its own" : "set foreign_keys = false",
        );
        expect(await query(database.url, "SELECT id FROM posts")).toEqual([{ id: 1 }]);
        expect(await versions(database.url)).toEqual(["one"]);
      },
      longest,
    );
  }
}

for (const [kind, config] of [["sqlite", "foreign_keys = true\n"], ["libsql", ""]] as const) {
  test(`${kind}: switching enforced foreign keys off in op.run is refused`, async () => {
    await using database = await freshDatabase(kind);
    using it = project({ env: { DATABASE_URL: database.url } });
    it.write("migrate.toml", config);
    it.write("migrations/versions/1.sql", tables);
    it.write("migrations/versions/2.ts", inCode);
    const { status, stderr } = await it.migrate("upgrade", "head");
    expect([status, stderr]).toEqual([
      1,
      expect.stringContaining("Cannot switch foreign keys off in op.run"),
    ]);
    expect(stderr).toContain("2.ts:6");
    await it.ok("upgrade", "one");
    expect(await query(database.url, "SELECT id FROM posts")).toEqual([{ id: 1 }]);
  }, longest);
}

test("sqlite: --sql refuses a PRAGMA foreign_keys = OFF without effect", async () => {
  using it = project({ env: { DATABASE_URL: "sqlite:///./app.db" } });
  it.write("migrate.toml", "foreign_keys = true\n");
  it.write("migrations/versions/1.sql", tables);
  const up = byHand("PRAGMA foreign_keys = OFF");
  it.write("migrations/versions/2.sql", sqlRevision({ id: "two", down: ["one"], up }));
  const { status, stdout, stderr } = await it.migrate("upgrade", "head", "--sql");
  expect([status, stdout, stderr]).toEqual([
    1,
    "",
    expect.stringContaining("its PRAGMA foreign_keys would not switch foreign keys off"),
  ]);
});

test("sqlite: pragmas that do not change the enforcement are run", async () => {
  await using database = await freshDatabase("sqlite");
  using it = project({ env: { DATABASE_URL: database.url } });
  it.write("migrate.toml", "foreign_keys = true\n");
  it.write("migrations/versions/1.sql", tables);
  const up =
    "PRAGMA foreign_keys = yes;\nPRAGMA foreign_keys;\nPRAGMA defer_foreign_keys = OFF;\nPRAGMA foreign_key_check;\nDELETE FROM users;";
  it.write("migrations/versions/2.sql", sqlRevision({ id: "two", down: ["one"], up }));
  it.write(
    "migrations/versions/3.ts",
    `export const revision = "three";
export const downRevision = "two";
export function upgrade(op) {
  op.run("as it is", (db) => db.query("PRAGMA foreign_keys = ON"));
}
`,
  );
  await it.ok("upgrade", "head");
  expect(await query(database.url, "SELECT id FROM posts")).toEqual([]);
}, longest);

for (
  const [kind, where, more] of [
    ["sqlite", "", []],
    ["sqlite", ", outside a transaction", ["-- transaction: false"]],
    ["libsql", "", []],
  ] as const
) {
  test(
    `${kind}: a table can be rebuilt by hand if foreign keys are not enforced${where}`,
    async () => {
      await using database = await freshDatabase(kind);
      using it = project({ env: { DATABASE_URL: database.url } });
      it.write("migrations/versions/1.sql", tables);
      const up = byHand("PRAGMA foreign_keys=OFF");
      it.write("migrations/versions/2.sql", sqlRevision({ id: "two", down: ["one"], up, more }));
      const { status, stderr } = await it.migrate("upgrade", "head");
      expect([status, stderr]).toEqual([0, expect.not.stringContaining("Warning")]);
      expect(await query(database.url, "SELECT id FROM posts")).toEqual([{ id: 1 }]);
    },
    longest,
  );
}

test("sqlite: a PRAGMA foreign_keys = ON without effect is a warning", async () => {
  await using database = await freshDatabase("sqlite");
  using it = project({ env: { DATABASE_URL: database.url } });
  it.write("migrations/versions/1.sql", tables);
  const up = "PRAGMA foreign_keys = ON;\nDELETE FROM users;";
  it.write("migrations/versions/2.sql", sqlRevision({ id: "two", down: ["one"], up }));
  const { status, stderr } = await it.migrate("upgrade", "head");
  expect(status).toBe(0);
  expect(stderr).toContain(
    "Warning: PRAGMA foreign_keys = ON in revision two does nothing in its transaction",
  );
  expect(await query(database.url, "SELECT id FROM posts")).toEqual([{ id: 1 }]);
}, longest);

for (const kind of ["sqlite", "libsql", "postgres"] as const) {
  test(`${kind}: a violation found only by COMMIT is reported, not retried`, async () => {
    await using database = await freshDatabase(kind);
    using it = project({ env: { DATABASE_URL: database.url } });
    it.write("migrate.toml", "foreign_keys = true\n");
    const up = `CREATE TABLE users (id INTEGER PRIMARY KEY);
CREATE TABLE posts (user_id INTEGER REFERENCES users DEFERRABLE INITIALLY DEFERRED);
INSERT INTO posts VALUES (1);`;
    it.write("migrations/versions/1.sql", sqlRevision({ id: "one", up }));
    const { status, stderr } = await it.migrate("upgrade", "head");
    expect([status, stderr]).toEqual([1, expect.stringMatching(/foreign key constraint/i)]);
    expect(stderr.match(/Running upgrade/g)).toHaveLength(1);
    expect(await versions(database.url)).toEqual([]);
  }, longest);
}

import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { databases, freshDatabase } from "../../servers/fresh_database.ts";
import { type Project, project, sqlRevision } from "../project.ts";
import { query, run } from "../query.ts";
import { ages, posts, users, writeRevisions } from "./history.ts";

setDefaultTimeout(60_000);

/** Revisions that are sound, between others that are not. */
function flawed(it: Project): void {
  writeRevisions(it, [
    users,
    { ...ages, downSql: "DROP INDEX ix_users_age;" },
    posts,
    {
      id: "dddd",
      down: ["cccc"],
      message: "broken",
      up: "CREATE TABLE d (n INTEGER);",
      downSql: "DROP TABLE e;",
    },
    {
      id: "eeee",
      down: ["dddd"],
      message: "last",
      up: "CREATE TABLE e (n INTEGER);",
      downSql: "DROP TABLE e;",
    },
  ]);
  it.write(
    "migrations/versions/ffff.sql",
    "-- message: for ever\n-- revision: ffff\n-- down_revision: eeee\n-- migrate:up\nCREATE TABLE f (n INTEGER);\n",
  );
}

for (const { name, kind, fresh } of databases()) {
  describe(name, () => {
    test("verify names revisions whose downgrade fails or leaves a difference", async () => {
      await using database = await fresh();
      using it = project({ env: { DATABASE_URL: database.url } });
      flawed(it);
      await run(database.url, "CREATE TABLE users (n INTEGER)");
      const { status, stdout, stderr } = await it.migrate("verify");
      expect(status).toBe(3);
      expect(stderr).toBe(
        [users, ages, posts, { id: "dddd", message: "broken" }, { id: "eeee", message: "last" }, {
          id: "ffff",
          message: "for ever",
        }].map(({ id, message }, at) => `Verifying revision ${at + 1} of 6: ${id}, ${message}\n`)
          .join(""),
      );
      const gone = kind === "postgres" ? `table "e" does not exist` : "no such table: e";
      expect(stdout).toStartWith(
        `bbbb, add their ages: its downgrade does not restore the schema; compared with before, it leaves:
  added column 'users.age'
  at migrations/versions/bbbb.sql
dddd, broken: its downgrade fails
  Cannot replay the downgrade of dddd on a scratch database: ${gone}
  at migrations/versions/dddd.sql:7
`,
      );
      expect(stdout).toEndWith(`ffff, for ever: irreversible
  Cannot downgrade ffff: its file has no downgrade section
Verified 6 revisions: 3 passed, 1 irreversible, 2 failed
`);
    });

    test("verify leaves the database unchanged and no scratch database behind", async () => {
      await using database = await fresh();
      using it = project({ env: { DATABASE_URL: database.url } });
      writeRevisions(it, [users, ages, posts]);
      expect(await it.ok("verify")).toBe("Verified 3 revisions: 3 passed\n");
      expect(await it.ok("verify", "bbbb:")).toBe("Verified 2 revisions: 2 passed\n");
      expect(await it.ok("verify", "head")).toBe("Verified 1 revision: 1 passed\n");
      expect(await it.ok("dump")).toBe("");
      if (kind !== "postgres") return;
      expect(
        await query(
          database.url,
          "SELECT datname FROM pg_database WHERE datname LIKE 'migrate_scratch%'",
        ),
      )
        .toEqual([]);
    });
  });
}

test("verify --json prints the outcome of each revision", async () => {
  using it = project({ env: { DATABASE_URL: "sqlite:///./none.db" } });
  flawed(it);
  const { status, stdout } = await it.migrate("verify", "bbbb:dddd", "--json");
  expect(status).toBe(3);
  const path = (id: string) => `migrations/versions/${id}.sql`;
  expect(JSON.parse(stdout)).toEqual({
    revisions: [
      {
        revision: "bbbb",
        message: "add their ages",
        path: path("bbbb"),
        outcome: "failed",
        reason: null,
        problems: [{
          step: "downgrade",
          error: null,
          line: null,
          operations: [expect.objectContaining({ kind: "addColumn", table: { name: "users" } })],
        }],
      },
      {
        revision: "cccc",
        message: "create posts",
        path: path("cccc"),
        outcome: "passed",
        reason: null,
        problems: [],
      },
      {
        revision: "dddd",
        message: "broken",
        path: path("dddd"),
        outcome: "failed",
        reason: null,
        problems: [{
          step: "downgrade",
          error: "Cannot replay the downgrade of dddd on a scratch database: no such table: e",
          line: 7,
          operations: [],
        }],
      },
    ],
  });
});

test("verify follows branches, merges and dependencies", async () => {
  await using database = await freshDatabase("postgres");
  using it = project({ env: { DATABASE_URL: database.url } });
  const table = (name: string) => ({
    up: `CREATE TABLE ${name} (n integer);`,
    downSql: `DROP TABLE ${name};`,
  });
  writeRevisions(it, [
    users,
    { ...ages, labels: ["left"] },
    { id: "bbcc", down: ["aaaa"], message: "right", ...table("r") },
    { id: "cccc", down: ["bbbb", "bbcc"], message: "join", ...table("j") },
    {
      id: "dddd",
      message: "other",
      dependsOn: ["bbbb"],
      up: "CREATE VIEW old AS SELECT age FROM users;",
      downSql: "DROP VIEW old;",
    },
  ]);
  expect(await it.ok("verify")).toBe("Verified 5 revisions: 5 passed\n");
  expect(await it.ok("verify", "dddd")).toBe("Verified 1 revision: 1 passed\n");
});

test("verify names a revision whose second upgrade makes another schema", async () => {
  using it = project({ env: { DATABASE_URL: "sqlite:///./none.db" } });
  writeRevisions(it, [users, {
    id: "bbbb",
    down: ["aaaa"],
    message: "once",
    up: "CREATE TABLE IF NOT EXISTS marks (n INTEGER);\nCREATE INDEX once ON marks (n);",
    downSql:
      "ALTER TABLE users RENAME TO people;\nDROP TABLE marks;\nALTER TABLE people RENAME TO users;\n",
  }]);
  it.write("migrations/versions/cccc.ts", growing);
  const { status, stdout } = await it.migrate("verify");
  expect(status).toBe(3);
  expect(stdout).toBe(
    `cccc: upgrading again does not make the same schema; compared with the first time, it has:
  added table 'second'
  at migrations/versions/cccc.ts
Verified 3 revisions: 2 passed, 1 failed
`,
  );
});

test("nothing stays of what a failed revision did on a scratch database", async () => {
  using it = project({ env: { DATABASE_URL: "sqlite:///./none.db" } });
  it.write(
    "migrations/versions/a.sql",
    sqlRevision({
      id: "a",
      up: "CREATE TABLE t (id integer);\nDROP TABLE missing;",
      more: ["-- transaction: false"],
    }),
  );
  const { status, stderr } = await it.migrate("verify");
  expect(status).toBe(1);
  expect(stderr).toContain("Cannot replay a on a scratch database: no such table: missing\n");
  expect(stderr).not.toContain("stay");
});

/** Creates more when it is run for the second time. */
const growing = `import type { Operations } from "migrate";
export const revision = "cccc";
export const downRevision = "bbbb";
export function upgrade(op: Operations): void {
  op.run("make one or two", async (db, op) => {
    const runs = await db.query\`SELECT 1 FROM users\`;
    await op.execute("CREATE TABLE first (n INTEGER)");
    if (runs.length > 0) await op.execute("CREATE TABLE second (n INTEGER)");
    await op.execute("INSERT INTO users (id, email) VALUES (" + (runs.length + 1) + ", '')");
  });
}
export function downgrade(op: Operations): void {
  op.execute("DROP TABLE first");
}
`;

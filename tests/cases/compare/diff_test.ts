import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { databases, freshDatabase } from "../../servers/fresh_database.ts";
import { project, sqlRevision } from "../project.ts";
import { query, run } from "../query.ts";
import { ages, posts, users, writeRevisions } from "./history.ts";

setDefaultTimeout(60_000);

for (const { name, kind, fresh } of databases()) {
  describe(name, () => {
    test("diff compares revisions, the database and models", async () => {
      await using database = await fresh();
      using it = project({ env: { DATABASE_URL: database.url } });
      writeRevisions(it, [users, ages, posts]);
      it.write("schema.sql", [users, ages].map((one) => one.up).join("\n"));
      expect(await it.migrate("diff", "aaaa", "bbbb")).toMatchObject({
        status: 3,
        stdout: "From revision aaaa to revision bbbb:\n" +
          "  added column 'users.age'\n  added index 'ix_users_age' on 'users' (age)\n",
      });
      expect(await it.migrate("diff", "head-1", "schema.sql")).toMatchObject({
        status: 0,
        stdout: "No differences between revision head-1 and the models in schema.sql\n",
      });
      await it.ok("upgrade", "aaaa");
      expect((await it.migrate("diff", "current", "database")).status).toBe(0);
      expect((await it.migrate("diff", "current-1", "current")).stdout).toBe(
        "From revision current-1 to revision current:\n  added table 'users'\n",
      );
      expect((await it.migrate("diff", "head")).stdout).toEndWith(
        " to revision head:\n  added table 'posts'\n  added column 'users.age'\n" +
          "  added index 'ix_users_age' on 'users' (age)\n  added view 'adults'\n",
      );
      expect((await it.migrate("diff", "head", "base")).stdout).toBe(
        "From revision head to base:\n  removed view 'adults'\n" +
          "  removed table 'posts'  (destructive)\n  removed table 'users'  (destructive)\n",
      );
      it.write("migrate.toml", 'models = ["schema.sql"]\n');
      expect((await it.migrate("diff")).stdout).toEndWith(
        " to the models:\n  added column 'users.age'\n  added index 'ix_users_age' on 'users' (age)\n",
      );
    });

    test("running the output of diff --sql leaves no difference", async () => {
      await using database = await fresh();
      using it = project({ env: { DATABASE_URL: database.url } });
      writeRevisions(it, [users, ages, posts]);
      it.write("migrations/versions/dddd.ts", changing);
      await it.ok("upgrade", "bbbb");
      const { status, stdout } = await it.migrate("diff", "database", "head", "--sql");
      expect(status).toBe(3);
      const statements = stdout.split(";\n").filter((sql) => sql.trim() !== "");
      if (kind === "libsql") {
        const { connect } = await import("../../driver/connect.ts");
        await using connection = await connect(database.url);
        const ours = statements.filter((sql) => !/^\s*PRAGMA foreign_keys/.test(sql));
        await connection.batch(ours.map((sql) => ({ sql })), { foreignKeys: false });
      } else await run(database.url, ...statements);
      expect((await it.migrate("diff", "database", "head")).stdout).toStartWith("No differences");
      expect((await it.migrate("diff", "database", "head", "--sql")).stdout).toBe("");
    });
  });
}

for (const { name, fresh } of databases()) {
  test(`${name}: diff --rename renames a column, and a warning suggests it`, async () => {
    await using database = await fresh();
    await run(
      database.url,
      "CREATE TABLE users (id integer PRIMARY KEY, mail varchar(80) NOT NULL)",
      "INSERT INTO users VALUES (1, 'a@b')",
    );
    using it = project({ env: { DATABASE_URL: database.url } });
    it.write(
      "schema.sql",
      "CREATE TABLE users (id integer PRIMARY KEY, email varchar(80) NOT NULL)",
    );
    for (const more of [[], ["--sql"]]) {
      const lost = await it.migrate("diff", "database", "schema.sql", ...more);
      expect(lost.stderr).toContain(
        "Warning: Column 'users.mail' is dropped, and 'users.email' is new: its values would be lost\n" +
          "  Hint: If it was renamed, add --rename users.mail:email\n",
      );
    }
    const renamed = ["diff", "database", "schema.sql", "--rename", "users.mail:email"];
    expect((await it.migrate(...renamed)).stdout).toEndWith(
      "\n  renamed column 'users.mail' to 'email'\n",
    );
    const { stdout, stderr } = await it.migrate(...renamed, "--sql");
    expect(stderr).not.toContain("Warning");
    await run(database.url, ...stdout.split(";\n").filter((sql) => sql.trim() !== ""));
    expect(await query(database.url, "SELECT email FROM users")).toEqual([{ email: "a@b" }]);
    expect((await it.migrate("diff", "database", "schema.sql")).status).toBe(0);
    const wrong = await it.migrate("diff", "database", "schema.sql", "--rename", "nobody:users");
    expect(wrong.status).toBe(2);
  });
}

test("diff without models, or with some that do not exist, says what to name", async () => {
  using it = project({ env: { DATABASE_URL: "sqlite:///./app.db" } });
  it.write("migrations/versions/1.sql", sqlRevision({ id: "one" }));
  await it.ok("upgrade", "head");
  expect((await it.migrate("diff")).stderr).toContain(
    "a database's URL) in migrate.toml, or name another side\n",
  );
  expect((await it.migrate("diff", "head", "nope.sql")).stderr).toContain(
    `Cannot find the models "nope.sql": no such file\n  at nope.sql\n` +
      "  Hint: Check the path; it is relative to the working directory\n",
  );
  expect((await it.migrate("check")).stderr).toContain("in migrate.toml, or give --models\n");
  it.write("migrate.toml", 'models = "nope.sql"\n');
  expect((await it.migrate("diff")).stderr).toContain("Hint: Check models in migrate.toml");
});

/** Makes a change for which SQLite has to rebuild the table. */
const changing = `import { type Operations, string } from "migrate";
export const revision = "dddd";
export const downRevision = "cccc";
export function upgrade(op: Operations): void {
  op.dropView("adults");
  op.alterColumn("users", "email", { type: string(300), nullable: true });
}
`;

test("diff of a PostgreSQL database and a SQLite one is refused", async () => {
  using it = project({ env: { DATABASE_URL: "sqlite:///./a.db" } });
  const { status, stderr } = await it.migrate("diff", "database", "postgresql://h/d");
  expect([status, stderr]).toEqual([
    2,
    "Error: Cannot compare a PostgreSQL database with a SQLite one\n" +
    "  Hint: Compare each with the models, which can be loaded into either\n",
  ]);
});

test.each([
  ["sqlite:///./gone.db", /Cannot read sqlite:.*gone\.db: no such file$/m],
  ["sqlite://", /Cannot read sqlite:\/\/: it names no file$/m],
])("comparing with %s, which has no file, is an error", async (gone, says) => {
  using it = project({ env: { DATABASE_URL: "sqlite:///./app.db" } });
  writeRevisions(it, [users]);
  await it.ok("upgrade", "head");
  for (
    const words of [
      ["diff", "database", gone],
      ["diff", gone, "head"],
      ["check", "--models", gone],
      ["revision", "--autogenerate", "--models", gone],
    ]
  ) {
    expect(await it.migrate(...words)).toMatchObject({
      status: 5,
      stdout: "",
      stderr: expect.stringMatching(says),
    });
  }
});

test("diff creates neither a database file nor a version table", async () => {
  using it = project({ env: { DATABASE_URL: "sqlite:///./none.db" } });
  writeRevisions(it, [users]);
  expect((await it.migrate("diff", "database", "head")).status).toBe(3);
  expect(existsSync(join(it.folder, "none.db"))).toBe(false);
  await using live = await freshDatabase("postgres");
  expect((await it.migrate("diff", live.url, "head", "--database-url", live.url)).status).toBe(3);
  expect(await it.ok("dump", "--database-url", live.url)).toBe("");
  expect((await it.migrate("current", "--database-url", live.url)).stdout).toBe("");
});

test("diff names a revision that fails on the scratch database", async () => {
  await using database = await freshDatabase("postgres");
  using it = project({ env: { DATABASE_URL: database.url } });
  it.write(
    "migrations/versions/aaaa.sql",
    sqlRevision({ id: "aaaa", up: "SELECT 1;\nINSERT INTO legacy VALUES (1);" }),
  );
  const { status, stderr } = await it.migrate("diff", "base", "head");
  expect(status).toBe(1);
  expect(stderr).toContain(
    `Error: Cannot replay aaaa on a scratch database: relation "legacy" does not exist
  at migrations/versions/aaaa.sql:6
`,
  );
  expect(stderr).toContain("  Hint: What no revision makes, such as rows, is missing there:");
});

test("diff reports an unknown revision and a missing file as such", async () => {
  using it = project({ env: { DATABASE_URL: "sqlite:///./a.db" } });
  writeRevisions(it, [users]);
  expect(await it.migrate("diff", "nope", "head")).toMatchObject({
    status: 1,
    stderr: expect.stringContaining("Can't locate revision identified by 'nope'"),
  });
  expect(await it.migrate("diff", "gone.sql", "head")).toMatchObject({
    status: 1,
    stderr: expect.stringContaining(`Cannot find the models "gone.sql": no such file`),
  });
});

test("diff --json lists the operations", async () => {
  using it = project({ env: { DATABASE_URL: "sqlite:///./none.db" } });
  writeRevisions(it, [users, ages]);
  const { status, stdout } = await it.migrate("diff", "bbbb", "aaaa", "--json");
  expect(status).toBe(3);
  const column = {
    name: "age",
    type: { kind: "integer", bits: 32 },
    nullable: true,
  };
  expect(JSON.parse(stdout)).toEqual({
    operations: [
      {
        kind: "dropIndex",
        table: { name: "users" },
        index: "ix_users_age",
        existing: { name: "ix_users_age", on: ["age"], unique: false },
        description: ["removed index 'ix_users_age' on 'users' (age)"],
        destructive: [],
      },
      {
        kind: "dropColumn",
        table: { name: "users" },
        column: "age",
        existing: column,
        description: ["removed column 'users.age'"],
        destructive: ["drops the column age of users with its values"],
      },
    ],
    drift: [],
  });
});

import { expect, test } from "bun:test";
import { join } from "node:path";
import { DatabaseError } from "../../lib/driver/database_error.ts";
import { failure } from "../driver/connect.ts";
import { freshDatabase } from "../servers/fresh_database.ts";
import { ended, executable, project, runners } from "./project.ts";
import { query, run, versions } from "./query.ts";

const longest = 60_000;

test(
  "ebios: a users table on PostgreSQL, configured by POSTGRES_* in .env",
  async () => {
    await using database = await freshDatabase("postgres");
    const { hostname, port, username, password, pathname } = new URL(database.url);
    using it = project({ from: "examples/ebios" });
    it.write(
      ".env",
      `POSTGRES_HOST=${hostname}\nPOSTGRES_PORT=${port}\nPOSTGRES_DB=${
        pathname.slice(1)
      }\nPOSTGRES_USER=${username}\n` +
        `POSTGRES_PASSWORD=${decodeURIComponent(password)}\nPOSTGRES_SSLMODE=prefer\n`,
    );
    await it.ok("upgrade", "head");
    expect(await it.ok("current")).toBe("5e1db40d8352 (head)\n");
    expect(await it.ok("history")).toBe("<base> -> 5e1db40d8352 (head), Create users table\n");
    await run(database.url, "INSERT INTO users (email) VALUES ('a@b.c')");
    expect(await query(database.url, "SELECT id, email FROM users")).toEqual([{
      id: 1,
      email: "a@b.c",
    }]);
    expect(await it.ok("check")).toBe("No new upgrade operations detected.\n");
    const models = it.read("schema.ts");
    it.write(
      "schema.ts",
      models.replace("unique: true }),\n", 'unique: true }),\n  column("name", string(80)),\n'),
    );
    expect((await it.migrate("check")).stdout).toContain("  added column 'users.name'\n");
    await it.ok("revision", "--autogenerate", "-m", "add names", "--rev-id", "9d1f0a7c55e2");
    await it.ok("upgrade", "head");
    expect(await it.ok("check")).toBe("No new upgrade operations detected.\n");
    expect(await query(database.url, "SELECT email, name FROM users")).toEqual([
      { email: "a@b.c", name: null },
    ]);
    await it.ok("downgrade", "-1");
    await it.ok("downgrade", "-1");
    expect(await versions(database.url)).toEqual([]);
    expect(await query(database.url, "SELECT to_regclass('users') AS gone")).toEqual([{
      gone: null,
    }]);
    await it.ok("upgrade", "head");
    await it.ok("downgrade", "base");
    expect(await it.ok("current")).toBe("");
    expect(await it.ok("revision", "-m", "description_of_change")).toMatch(
      /description_of_change\.ts/,
    );
    expect((await it.ok("heads")).split("\n")).toHaveLength(2);
  },
  longest,
);

for (const runner of runners) {
  test(
    `${runner.name}: webapp: a function and a trigger in SQL, and tables on top of them`,
    async () => {
      await using database = await freshDatabase("postgres");
      using it = project({ runner, from: "examples/webapp", env: { DATABASE_URL: database.url } });
      await it.ok("upgrade", "head");
      expect(await it.ok("show", "abc123")).toContain("Parent: def456");
      await it.ok("downgrade", "def456");
      expect(await versions(database.url)).toEqual(["def456"]);
      await run(
        database.url,
        "INSERT INTO projects (name, touched_at) VALUES ('x', '2000-01-01')",
        "UPDATE projects SET name = 'y'",
      );
      expect(await query(database.url, "SELECT touched_at > '2020-01-01' AS touched FROM projects"))
        .toEqual([{ touched: true }]);
      await it.ok("upgrade", "abc123");
      expect(await versions(database.url)).toEqual(["abc123"]);
      await it.ok("downgrade", "base");
      expect(await query(database.url, "SELECT proname FROM pg_proc WHERE proname = 'touch'"))
        .toEqual([]);
    },
    longest,
  );

  for (const kind of ["sqlite", "libsql"] as const) {
    test(
      `${runner.name}: bacowr on ${kind}: the four-step rebuild keeps rows of cascading children`,
      async () => {
        await using database = await freshDatabase(kind);
        using it = project({
          runner,
          from: "examples/bacowr",
          env: { DATABASE_URL: database.url },
        });
        await it.ok("upgrade", "+1");
        await run(
          database.url,
          "INSERT INTO jobs (id, status, priority) VALUES ('a', 'new', '3'), ('b', 'new', NULL)",
          "INSERT INTO results (job_id, body) VALUES ('a', 'one'), ('a', 'two'), ('b', 'three')",
        );
        await it.ok("upgrade", "head");
        expect(await query(database.url, "SELECT id, priority FROM jobs ORDER BY id")).toEqual([
          { id: "a", priority: 3 },
          { id: "b", priority: 0 },
        ]);
        expect(await query(database.url, "SELECT count(*) AS n FROM results")).toEqual([{ n: 3 }]);
        expect(await it.ok("history", "--verbose")).toContain("Priority becomes a number");
        await it.ok("downgrade", "-1");
        expect(await query(database.url, "SELECT count(*) AS n FROM results")).toEqual([{ n: 3 }]);
        await it.ok("downgrade", "base");
        expect(await versions(database.url)).toEqual([]);
      },
      longest,
    );
  }

  test(
    `${runner.name}: bacowr: "stamp head" replaces a revision that is not on disk, and names it`,
    async () => {
      await using database = await freshDatabase("sqlite");
      using it = project({ runner, from: "examples/bacowr", env: { DATABASE_URL: database.url } });
      await it.ok("upgrade", "head");
      await run(database.url, "UPDATE alembic_version SET version_num = 'gone1234'");
      const refused = await it.migrate("upgrade", "head");
      expect(refused.status).toBe(1);
      expect(refused.stderr).toContain("Can't locate revision identified by 'gone1234'");
      expect(refused.stderr).toContain("stamp");
      expect(await it.ok("current")).toBe("gone1234 (not on disk)\n");
      const { status, stderr } = await it.migrate("stamp", "head");
      expect(status).toBe(0);
      expect(stderr).toContain("'gone1234'");
      expect(await versions(database.url)).toEqual(["b2e1d3c4f5a6"]);
    },
    longest,
  );

  test(
    `${runner.name}: lifeops: an existing database is stamped, and an index built concurrently`,
    async () => {
      await using database = await freshDatabase("postgres");
      const url = database.url.replace("postgresql://", "postgresql+asyncpg://");
      using it = project({ runner, from: "examples/lifeops", env: { DATABASE_URL: url } });
      await run(
        database.url,
        "CREATE TABLE users (id int PRIMARY KEY)",
        "INSERT INTO users VALUES (7)",
      );
      await it.ok("stamp", "0c4f1d2a9b31");
      await it.ok("upgrade", "+1");
      expect(await versions(database.url)).toEqual(["7d20f4b8c6e5"]);
      await it.ok("upgrade", "head");
      expect(
        await query(
          database.url,
          "SELECT indisvalid FROM pg_index WHERE indexrelid = 'ix_user_profiles_user_id'::regclass",
        ),
      )
        .toEqual([{ indisvalid: true }]);
      await it.ok("downgrade", "-1");
      await it.ok("downgrade", "0c4f1d2a9b31");
      expect(await versions(database.url)).toEqual(["0c4f1d2a9b31"]);
      await it.ok("upgrade", "91ab");
      await it.ok("downgrade", "base");
      expect(await query(database.url, "SELECT id FROM users")).toEqual([{ id: 7 }]);
      expect(await it.ok("revision", "-m", "Add user profile table again")).toMatch(
        /versions\/\d{8}_\d{4}_add_user_profile_table_again\.ts/,
      );
    },
    longest,
  );

  // Deno differs from the executable in the runtime, not in what it does with each database.
  for (
    const kind of runner === executable ? ["sqlite", "postgres"] as const : ["postgres"] as const
  ) {
    test(
      `${runner.name}: beaver on ${kind}: branches are merged, and existing rows are migrated`,
      async () => {
        await using database = await freshDatabase(kind);
        const url = database.url.replace("postgresql://", "postgresql+psycopg2://");
        using it = project({ runner, from: "examples/beaver", env: { DATABASE_URL: url } });
        await it.ok("upgrade", "003");
        await run(database.url, "INSERT INTO accounts (email) VALUES ('a@b.c'), ('d@e.f')");
        await it.ok("upgrade", "+1");
        expect(await query(database.url, "SELECT email, status FROM accounts ORDER BY email"))
          .toEqual([
            { email: "a@b.c", status: "active" },
            { email: "d@e.f", status: "active" },
          ]);
        const nameless = "INSERT INTO accounts (email, status) VALUES ('x@y.z', NULL)";
        expect((await failure(DatabaseError, query(database.url, nameless))).message)
          .toMatch(/not[- ]null/i);
        expect(await query(database.url, "SELECT name FROM tags ORDER BY name")).toEqual([
          { name: "it's vip" },
          { name: "new; not yet; seen" },
        ]);
        expect(await it.ok("current")).toBe("004 (auth, tags) (head)\n");
        await it.ok("downgrade", "-1");
        await it.ok("upgrade", "head");
        await it.ok("downgrade", "002");
        expect(await versions(database.url)).toEqual(["002", "002b"]);
        await it.ok(
          "revision",
          "-m",
          "Third branch",
          "--head",
          "001",
          "--splice",
          "--rev-id",
          "003c",
        );
        await it.ok("merge", "-m", "Merge again", "003c", "004", "--rev-id", "005");
        await it.ok("upgrade", "head");
        expect(await versions(database.url)).toEqual(["005"]);
        await it.ok("downgrade", "base");
        expect(await versions(database.url)).toEqual([]);
      },
      longest,
    );
  }
}

for (
  const command of [["node_modules/.bin/bun"], ["node_modules/.bin/deno", "run", "-A", "--quiet"]]
) {
  test(`examples/program.ts upgrades a database under ${command[0]}`, async () => {
    await using database = await freshDatabase("sqlite");
    const root = join(import.meta.dir, "../..");
    const words = [...command, "examples/program.ts", database.url, "examples/beaver/migrate.toml"];
    const child = Bun.spawn(words, { cwd: root, stdin: "ignore", stdout: "pipe", stderr: "pipe" });
    expect(await ended(child)).toEqual({
      stdout: "5 steps; now at 004\n",
      stderr: "",
      status: 0,
    });
  }, longest);
}

test("examples/program.ts tells what a failed run has committed", async () => {
  await using database = await freshDatabase("sqlite");
  using it = project({ from: "examples/beaver" });
  it.write("migrate.toml", `${it.read("migrate.toml")}\ntransaction_per_migration = true\n`);
  await run(database.url, "CREATE TABLE tags (a)");
  const root = join(import.meta.dir, "../..");
  const config = join(it.folder, "migrate.toml");
  const words = ["node_modules/.bin/bun", "examples/program.ts", database.url, config];
  const child = Bun.spawn(words, { cwd: root, stdin: "ignore", stdout: "pipe", stderr: "pipe" });
  expect(await ended(child)).toEqual({
    stdout: "",
    stderr: "Cannot upgrade to 002b: table tags already exists; before it: 001\n",
    status: 1,
  });
}, longest);

test(
  'in a program elsewhere, revisions import "migrate" from this module, not from a package',
  async () => {
    await using database = await freshDatabase("sqlite");
    using it = project();
    await it.ok("init");
    await it.ok("revision", "-m", "one", "--rev-id", "a1");
    const root = join(import.meta.dir, "../..");
    it.write(
      "program.ts",
      `import { openEnvironment, processContext, upgrade } from ${
        JSON.stringify(join(root, "mod.ts"))
      };
     const databaseUrl = ${JSON.stringify(database.url)};
     const environment = await openEnvironment(processContext(), { databaseUrl });
     await upgrade(environment, { target: "head" });`,
    );
    it.write(
      "migrations/versions/a.ts",
      `import { column, integer } from "migrate";
     export const revision = "a2";
     export const downRevision = "a1";
     export function upgrade(op) {
       op.createTable("t", column("id", integer()));
     }`,
    );
    const { status, stderr } = await ended(
      Bun.spawn([join(root, "node_modules/.bin/bun"), "--no-install", "program.ts"], {
        cwd: it.folder,
        stdin: "ignore",
        stdout: "pipe",
        stderr: "pipe",
      }),
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(await versions(database.url)).toEqual(["a2"]);
  },
  longest,
);

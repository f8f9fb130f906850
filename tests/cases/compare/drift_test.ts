import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { databases, freshDatabase } from "../../servers/fresh_database.ts";
import { project } from "../project.ts";
import { run } from "../query.ts";
import { ages, posts, users, writeRevisions } from "./history.ts";

setDefaultTimeout(60_000);

for (const { name, fresh } of databases()) {
  describe(name, () => {
    test("check --drift reports manual changes since the recorded revision", async () => {
      await using database = await fresh();
      using it = project({ env: { DATABASE_URL: database.url } });
      writeRevisions(it, [users, ages, posts]);
      await it.ok("upgrade", "bbbb");
      expect(await it.ok("check", "--drift")).toMatch(
        /^No drift: .* matches what its revisions make\n$/,
      );
      await run(database.url, "ALTER TABLE users ADD COLUMN hack TEXT", "DROP INDEX ix_users_age");
      const { status, stdout } = await it.migrate("check", "--drift");
      expect(status).toBe(3);
      expect(stdout).toMatch(/^.* does not match what its revisions make. Since then:\n/);
      expect(stdout).toEndWith(
        "  removed index 'ix_users_age' on 'users' (age)\n  added column 'users.hack'\n",
      );
      const json = JSON.parse((await it.migrate("check", "--drift", "--json")).stdout);
      expect(json).toEqual({
        operations: [],
        drift: [
          expect.objectContaining({ kind: "dropIndex", index: "ix_users_age" }),
          expect.objectContaining({ kind: "addColumn", table: { name: "users" } }),
        ],
      });
    });

    test("check --drift ignores excluded tables", async () => {
      await using database = await fresh();
      using it = project({ env: { DATABASE_URL: database.url } });
      it.write("migrate.toml", 'exclude = ["tmp_*"]\n');
      writeRevisions(it, [users]);
      await it.ok("upgrade", "head");
      await run(database.url, "CREATE TABLE tmp_import (n INTEGER)");
      expect(await it.ok("check", "--drift")).toStartWith("No drift");
    });
  });
}

test("check --drift refuses --models, and a recorded revision that is not on disk", async () => {
  await using database = await freshDatabase("sqlite");
  using it = project({ env: { DATABASE_URL: database.url } });
  writeRevisions(it, [users]);
  expect(await it.migrate("check", "--drift", "--models", "schema.sql")).toMatchObject({
    status: 2,
    stderr: "Error: Cannot use --models with --drift\n" +
      "  Hint: Leave --models out: the models are not used\n",
  });
  await it.ok("upgrade", "head");
  await run(database.url, "UPDATE alembic_version SET version_num = 'gone'");
  expect(await it.migrate("check", "--drift")).toMatchObject({
    status: 1,
    stderr: expect.stringContaining("Can't locate revision identified by 'gone'"),
  });
});

test("several schemas are compared and dumped, with the version table in another one", async () => {
  await using database = await freshDatabase("postgres");
  await using other = await freshDatabase("postgres");
  using it = project({ env: { DATABASE_URL: database.url } });
  it.write("migrate.toml", 'schemas = ["public", "app"]\nversion_table_schema = "meta"\n');
  await run(database.url, "CREATE SCHEMA meta");
  writeRevisions(it, [users, {
    id: "bbbb",
    down: ["aaaa"],
    up:
      "CREATE SCHEMA app;\nCREATE TABLE app.t (id serial PRIMARY KEY, u integer REFERENCES users (id));\n" +
      "CREATE VIEW app.v AS SELECT t.id FROM app.t;",
    downSql: "DROP SCHEMA app CASCADE;",
  }]);
  await it.ok("upgrade", "head");
  expect(await it.ok("check", "--drift")).toStartWith("No drift");
  expect(await it.ok("verify")).toBe("Verified 2 revisions: 2 passed\n");
  await run(database.url, "UPDATE meta.alembic_version SET version_num = 'aaaa'");
  await it.ok("stamp", "--detect");
  expect(await it.ok("current")).toBe("bbbb (head)\n");
  const dump = await it.ok("dump");
  expect(dump).toStartWith("CREATE SCHEMA app;\n");
  expect(dump).not.toContain("meta");
  await run(other.url, ...dump.split(";\n\n").filter((sql) => sql.trim() !== ""));
  expect(await it.ok("dump", "--database-url", other.url)).toBe(dump);
  await run(database.url, "ALTER TABLE app.t ADD COLUMN hack text");
  expect((await it.migrate("check", "--drift")).stdout).toEndWith("  added column 'app.t.hack'\n");
});

test("revisions can use a configured schema that no revision creates", async () => {
  await using database = await freshDatabase("postgres");
  using it = project({ env: { DATABASE_URL: database.url } });
  it.write("migrate.toml", 'schemas = ["public", "app"]\n');
  await run(database.url, "CREATE SCHEMA app");
  writeRevisions(it, [users, {
    id: "bbbb",
    down: ["aaaa"],
    up: "CREATE TABLE app.t (n integer);",
    downSql: "DROP TABLE app.t;",
  }, { id: "cccc", down: ["bbbb"], up: "CREATE TABLE u (n integer);", downSql: "DROP TABLE u;" }]);
  await it.ok("upgrade", "head");
  expect(await it.ok("check", "--drift")).toStartWith("No drift");
  expect(await it.ok("verify")).toBe("Verified 3 revisions: 3 passed\n");
});

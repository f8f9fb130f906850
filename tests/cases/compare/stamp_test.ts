import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { databases, freshDatabase } from "../../servers/fresh_database.ts";
import { type Project, project } from "../project.ts";
import { query, run, versions } from "../query.ts";
import { ages, posts, users, writeRevisions } from "./history.ts";

setDefaultTimeout(60_000);

/** Makes by hand what revisions make. */
async function takenOver(
  url: string,
  ...revisions: readonly { readonly up: string }[]
): Promise<void> {
  await run(url, ...revisions.flatMap((it) => it.up.split("\n")));
}

for (const { name, kind, fresh } of databases()) {
  describe(name, () => {
    test("stamp --verify stamps only a revision that matches the database", async () => {
      await using database = await fresh();
      using it = project({ env: { DATABASE_URL: database.url } });
      writeRevisions(it, [users, ages, posts]);
      await takenOver(database.url, users, ages);
      const { status, stdout, stderr } = await it.migrate("stamp", "aaaa", "--verify");
      expect([status, stdout]).toEqual([1, ""]);
      expect(stderr).toContain(
        " does not match revision aaaa. Compared with it:\n" +
          "  added column 'users.age'\n  added index 'ix_users_age' on 'users' (age)\n  Hint: ",
      );
      expect(await tables(database.url, kind)).not.toContain("alembic_version");
      const json = await it.migrate("stamp", "head", "--verify", "--json");
      expect(json.status).toBe(1);
      expect(JSON.parse(json.stdout)).toMatchObject({
        error: { code: "database/differs" },
        operations: [{ kind: "dropObject" }, { kind: "dropTable" }],
      });
      await it.ok("stamp", "bbbb", "--verify");
      expect(await versions(database.url)).toEqual(["bbbb"]);
    });

    test("stamp --detect stamps the revision that matches the database", async () => {
      await using database = await fresh();
      using it = project({ env: { DATABASE_URL: database.url } });
      writeRevisions(it, [users, ages, posts]);
      await takenOver(database.url, users, ages);
      expect(await it.ok("stamp", "--detect", "--dry-run")).toBe(
        "Would stamp bbbb\nFrom base to bbbb; nothing was changed\n",
      );
      expect(await tables(database.url, kind)).not.toContain("alembic_version");
      const { stderr } = await it.migrate("stamp", "--detect");
      expect(stderr).toContain("The database matches revision bbbb\n");
      expect(await versions(database.url)).toEqual(["bbbb"]);
      await it.ok("upgrade", "head");
      await run(database.url, "UPDATE alembic_version SET version_num = 'aaaa'");
      await it.ok("stamp", "--detect");
      expect(await versions(database.url)).toEqual(["cccc"]);
    });
  });
}

async function tables(url: string, kind: string): Promise<readonly unknown[]> {
  const rows = await query(
    url,
    kind === "postgres"
      ? "SELECT relname AS name FROM pg_class WHERE relkind = 'r'"
      : "SELECT name FROM sqlite_schema",
  );
  return rows.map((it) => it["name"]);
}

/** A history with two heads, and a revision that changes rows alone. */
function branched(it: Project): void {
  const table = (name: string) => ({
    up: `CREATE TABLE ${name} (n INTEGER);`,
    downSql: `DROP TABLE ${name};`,
  });
  writeRevisions(it, [
    users,
    { id: "bb01", down: ["aaaa"], message: "left", ...table("l") },
    { id: "bb02", down: ["aaaa"], message: "right", ...table("r") },
    { id: "cc02", down: ["bb02"], message: "rows", up: "UPDATE users SET email = '';" },
  ]);
}

test("stamp --detect finds a revision on one of two branches, and counts its tries", async () => {
  await using right = await freshDatabase("sqlite");
  using it = project({ env: { DATABASE_URL: right.url } });
  branched(it);
  await takenOver(right.url, users, { up: "CREATE TABLE l (n INTEGER)" });
  const { stderr } = await it.migrate("stamp", "--detect");
  expect(await versions(right.url)).toEqual(["bb01"]);
  const counted = stderr.matchAll(/revision (\d+ of \d+)/g).map(([, count]) => count).toArray();
  expect(counted).toEqual(counted.map((_, at) => `${at + 1} of ${counted.length}`));
  expect(counted.length).toBeGreaterThan(3);
});

test("stamp --detect chooses none of several matches, unless one is recorded", async () => {
  await using database = await freshDatabase("sqlite");
  using it = project({ env: { DATABASE_URL: database.url } });
  branched(it);
  await takenOver(database.url, users, { up: "CREATE TABLE r (n INTEGER)" });
  const { status, stderr } = await it.migrate("stamp", "--detect");
  expect(status).toBe(1);
  expect(stderr).toMatch(
    /Error: Cannot tell which revision .* matches: revision bb02; revision cc02 make the same schema\n {2}Hint: Stamp the last one whose rows are in it, as in: migrate stamp bb02\n$/,
  );
  await it.ok("stamp", "bb02", "--verify");
  // The recorded revision is one of them.
  const again = await it.migrate("stamp", "--detect");
  expect([again.status, await versions(database.url)]).toEqual([0, ["bb02"]]);
});

test("stamp --detect names the nearest revision if none matches", async () => {
  await using database = await freshDatabase("sqlite");
  using it = project({ env: { DATABASE_URL: database.url } });
  writeRevisions(it, [users, ages, posts]);
  await takenOver(database.url, users, ages, { up: "CREATE TABLE other (n INTEGER)" });
  const { status, stderr } = await it.migrate("stamp", "--detect");
  expect(status).toBe(1);
  expect(stderr).toMatch(
    /Error: Cannot find a revision that .* matches\. The nearest is revision bbbb; compared with it:\n {2}added table 'other'\n/,
  );
});

test("stamp --detect takes a table that differs for nearer than one that is missing", async () => {
  await using database = await freshDatabase("sqlite");
  using it = project({ env: { DATABASE_URL: database.url } });
  writeRevisions(it, [users]);
  await takenOver(database.url, users, ages);
  const { stderr } = await it.migrate("stamp", "--detect");
  expect(stderr).toMatch(/The nearest is revision aaaa; compared with it:\n {2}added column/);
});

test("stamp --detect finds base for a missing SQLite file, and does not create it", async () => {
  using it = project({ env: { DATABASE_URL: "sqlite:///./none.db" } });
  writeRevisions(it, [users]);
  const { status, stderr } = await it.migrate("stamp", "--detect");
  expect([status, stderr]).toEqual([0, expect.stringContaining("The database matches base\n")]);
  expect(existsSync(join(it.folder, "none.db"))).toBe(false);
});

test("stamp rejects missing arguments and conflicting options", async () => {
  using it = project({ env: { DATABASE_URL: "sqlite:///./none.db" } });
  writeRevisions(it, [users]);
  const said = async (...words: readonly string[]) => (await it.migrate("stamp", ...words));
  expect(await said()).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('Missing required argument "revisions"'),
  });
  expect(await said("head", "--detect")).toMatchObject({ status: 2 });
  expect(await said("--detect", "--purge")).toMatchObject({
    status: 2,
    stderr: "Error: Cannot use --purge with --detect\n  Hint: Leave --purge out\n",
  });
  expect(await said("head", "--verify", "--sql")).toMatchObject({
    status: 2,
    stderr: "Error: Cannot use --sql with --verify\n  Hint: Leave --sql out\n",
  });
});

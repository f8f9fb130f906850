import { expect, test } from "bun:test";
import { freshDatabase } from "../servers/fresh_database.ts";
import { type Project, project, sqlRevision } from "./project.ts";
import { run, versions } from "./query.ts";

const longest = 30_000;

/** A chain of two, with a database whose version table has `rows`, as another checkout left them. */
async function left(it: Project, url: string, rows: readonly string[]): Promise<void> {
  for (const [id, ...down] of [["one"], ["two", "one"]]) {
    it.write(`migrations/versions/${id}.sql`, sqlRevision({ id: id ?? "", down }));
  }
  await it.ok("ensure_version");
  await run(url, ...rows.map((row) => `INSERT INTO alembic_version VALUES ('${row}')`));
}

test(
  "a recorded revision that is not on disk stops only commands that need it, with a hint",
  async () => {
    await using database = await freshDatabase("sqlite");
    using it = project({ env: { DATABASE_URL: database.url, EDITOR: "true" } });
    await left(it, database.url, ["gone"]);
    it.write("schema.sql", "CREATE TABLE users (id integer);");
    expect(await it.ok("current")).toBe("gone (not on disk)\n");
    expect((await it.migrate("current", "--check-heads")).status).toBe(3);
    for (const line of ["heads", "history", "history -i", "branches", "show head", "edit head"]) {
      expect((await it.migrate(...line.split(" "))).stderr).toBe("");
    }
    await it.ok("revision", "-m", "three", "--rev-id", "three");
    for (
      const line of [
        "upgrade head",
        "upgrade +1",
        "upgrade two --dry-run",
        "downgrade -1",
        "downgrade base",
        "history -r current:",
        "show current",
        "edit current",
        "check --models schema.sql",
        "revision --autogenerate --models schema.sql",
      ]
    ) {
      const { status, stderr } = await it.migrate(...line.split(" "));
      expect([line, status]).toEqual([line, 1]);
      expect(stderr).toContain("Can't locate revision identified by 'gone'");
      expect(stderr).toContain(`"migrate stamp REVISION"`);
    }
    expect(await versions(database.url)).toEqual(["gone"]);
  },
  longest,
);

test("stamp replaces recorded revisions that are not on disk, with a warning", async () => {
  await using database = await freshDatabase("sqlite");
  using it = project({ env: { DATABASE_URL: database.url } });
  await left(it, database.url, ["gone", "lost"]);
  const refused = await it.migrate("stamp", "nowhere");
  expect(refused.status).toBe(1);
  expect(refused.stderr).toContain("Can't locate revision identified by 'nowhere'");
  expect(refused.stderr).not.toContain("Replacing");
  const { status, stderr } = await it.migrate("stamp", "one");
  expect([status, stderr]).toEqual([0, expect.stringContaining("Replacing 'gone', 'lost'")]);
  expect(await versions(database.url)).toEqual(["one"]);
  await it.ok("upgrade", "head");
}, longest);

test("stamp requires --purge if a known revision is recorded beside an unknown one", async () => {
  await using database = await freshDatabase("sqlite");
  using it = project({ env: { DATABASE_URL: database.url } });
  await left(it, database.url, ["gone", "one"]);
  const { status, stderr } = await it.migrate("stamp", "head");
  expect([status, stderr]).toEqual([1, expect.stringContaining("migrate stamp --purge REVISION")]);
  expect(await versions(database.url)).toEqual(["gone", "one"]);
  await it.ok("stamp", "--purge", "head");
  expect(await versions(database.url)).toEqual(["two"]);
}, longest);

test("recorded revisions of which one implies the other are an error", async () => {
  await using database = await freshDatabase("sqlite");
  using it = project({ env: { DATABASE_URL: database.url } });
  await left(it, database.url, ["one", "two"]);
  const { status, stderr } = await it.migrate("upgrade", "head");
  expect(status).toBe(1);
  expect(stderr).toContain("overlaps with other requested revisions one");
  expect(stderr).toContain("migrate stamp --purge");
  const plan = await it.migrate("upgrade", "head", "--dry-run", "--from", "one,two");
  expect(plan).toMatchObject({
    status: 1,
    stderr: expect.stringContaining("Hint: Name only revisions that do not depend on each other\n"),
  });
}, longest);

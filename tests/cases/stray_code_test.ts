import { expect, test } from "bun:test";
import { freshDatabase } from "../servers/fresh_database.ts";
import { project, runners, sqlRevision, untilSaid } from "./project.ts";
import { query, run, versions } from "./query.ts";

const longest = 30_000;

/** Code that does not await its work: the run must not succeed, nor keep its changes. */
const strays: readonly {
  readonly name: string;
  readonly upgrade: string;
  readonly says: string;
}[] = [
  {
    name: "an unawaited rejection in op.run",
    upgrade: `op.run("copy", async () => {
      Promise.reject(new Error("lost"));
      await new Promise((resolve) => setTimeout(resolve, 50));
    });`,
    says: "Cannot continue: code that nothing awaited failed: lost",
  },
  {
    name: "an unawaited rejection in a synchronous op.run",
    upgrade: `op.run("copy", () => void Promise.reject(new Error("lost")));`,
    says: "Cannot continue: code that nothing awaited failed: lost",
  },
  {
    name: "an unawaited rejection in upgrade",
    upgrade: `Promise.reject(new Error("lost"));`,
    says: "Cannot continue: code that nothing awaited failed: lost",
  },
  {
    name: "an operation in an unawaited async function",
    upgrade: `(async () => {
      for (let turns = 0; turns < 9; turns++) await turns;
      op.execute("CREATE TABLE late (id INTEGER)");
    })();`,
    says: "Cannot record execute: the revision's function has returned",
  },
  {
    name: "two unawaited rejections",
    upgrade: `Promise.reject(new Error("lost")); Promise.reject(new Error("as well"));`,
    says: "Cannot continue: code that nothing awaited failed: lost",
  },
  {
    name: "a timer that throws",
    upgrade: `op.run("copy", async () => {
      setTimeout(() => { throw new Error("late"); }, 0);
      await new Promise((resolve) => setTimeout(resolve, 50));
    });`,
    says: "Cannot continue: code that nothing awaited failed: late",
  },
  {
    name: "an operation after upgrade has returned",
    upgrade: `setTimeout(() => op.execute("CREATE TABLE late (id INTEGER)"), 0);
    op.run("wait", () => new Promise((resolve) => setTimeout(resolve, 50)));`,
    says: "Cannot record execute: the revision's function has returned",
  },
  { name: "process.exit(3)", upgrade: "process.exit(3);", says: "called process.exit" },
  { name: "process.exit(0)", upgrade: "process.exit(0);", says: "called process.exit" },
];

for (const runner of runners) {
  for (const { name, upgrade, says } of strays) {
    test(
      `${runner.name}: ${name} fails the run with 1, and nothing stays`,
      async () => {
        await using database = await freshDatabase("sqlite");
        using it = project({ runner, env: { DATABASE_URL: database.url } });
        it.write(
          "migrations/versions/a.js",
          `export const revision = "a";
         export const downRevision = null;
         export function upgrade(op) {
           op.execute("CREATE TABLE a (id INTEGER)");
           ${upgrade}
         }`,
        );
        await run(
          database.url,
          "CREATE TABLE alembic_version (version_num VARCHAR(32) PRIMARY KEY)",
        );
        const { status, stderr } = await it.migrate("upgrade", "head");
        expect([status, stderr]).toEqual([1, expect.stringContaining(says)]);
        expect(stderr).not.toContain("bug in migrate");
        const json = await it.migrate("upgrade", "head", "--json");
        expect(JSON.parse(json.stdout)).toMatchObject({
          error: { message: expect.stringContaining(says) },
        });
        expect(await versions(database.url)).toEqual([]);
        expect(await query(database.url, "SELECT name FROM sqlite_schema WHERE name = 'a'"))
          .toEqual([]);
      },
      longest,
    );
  }

  test(`${runner.name}: what was committed before process.exit is told`, async () => {
    await using database = await freshDatabase("sqlite");
    using it = project({ runner, env: { DATABASE_URL: database.url } });
    it.write("migrate.toml", "transaction_per_migration = true\n");
    it.write("migrations/versions/a.sql", sqlRevision({ id: "a" }));
    it.write(
      "migrations/versions/b.js",
      `export const revision = "b";
       export const downRevision = "a";
       export function upgrade(op) {
         op.run("leave", () => process.exit(0));
       }`,
    );
    const json = await it.migrate("upgrade", "head", "--json");
    expect(JSON.parse(json.stdout)).toMatchObject({
      error: { message: expect.stringContaining("called process.exit") },
      steps: [{ revision: "a" }],
      from: [],
      to: ["a"],
    });
    const logged = await it.migrate("upgrade", "head", "--log-format", "json");
    expect(JSON.parse(logged.stderr.trimEnd().split("\n").at(-1) ?? "")).toMatchObject({
      event: "failed",
      code: "script/failed",
    });
    const { status, stderr } = await it.migrate("upgrade", "head");
    expect(stderr).toContain("called process.exit");
    expect(stderr).toContain("\n  No step was committed; the database is at a\n");
    expect(status).toBe(1);
  }, longest);

  test(`${runner.name}: an upgrade function that is a generator is refused`, async () => {
    using it = project({ runner, env: { DATABASE_URL: "sqlite:///./app.db" } });
    for (const written of ["function*", "async function*"]) {
      it.write(
        "migrations/versions/a.js",
        `export const revision = "a";
         export const downRevision = null;
         export ${written} upgrade(op) {
           yield op.execute("CREATE TABLE a (id INTEGER)");
         }`,
      );
      const { status, stderr } = await it.migrate("upgrade", "head");
      expect([status, stderr]).toEqual([
        1,
        expect.stringContaining("is a generator, whose body would not run"),
      ]);
      expect(stderr).toContain("a.js");
    }
  }, longest);

  test(`${runner.name}: an unawaited rejection also fails --sql and --dry-run`, async () => {
    using it = project({ runner, env: { DATABASE_URL: "sqlite:///./app.db" } });
    it.write(
      "migrations/versions/a.js",
      `export const revision = "a";
       export const downRevision = null;
       export function upgrade() {
         Promise.reject(new Error("lost"));
       }`,
    );
    for (
      const words of [["upgrade", "a", "--sql"], ["upgrade", "a", "--dry-run"], [
        "show",
        "a",
        "--sql",
      ]]
    ) {
      const { status, stdout, stderr } = await it.migrate(...words);
      expect([status, stdout, stderr]).toEqual([
        1,
        "",
        expect.stringContaining("awaited failed: lost"),
      ]);
    }
  }, longest);

  test(`${runner.name}: what a revision prints goes to stderr, also with --json`, async () => {
    using it = project({ runner, env: { DATABASE_URL: "sqlite:///./app.db" } });
    it.write(
      "migrations/versions/a.js",
      `console.log("loading");
       export const revision = "a";
       export const downRevision = null;
       export function upgrade(op) {
         console.table([{ of: "a %s table" }]);
         console.dir({ of: "an object" });
         console.group("of lines");
         console.count("of calls");
         console.trace("of the stack");
         process.stdout.write("by hand");
         op.run("print", () => console.info("running"));
       }`,
    );
    const { status, stdout, stderr } = await it.migrate("upgrade", "head", "--json");
    expect([status, JSON.parse(stdout).to]).toEqual([0, ["a"]]);
    const printed = [
      "loading\n",
      "a %s table",
      "an object",
      "of lines",
      "of calls",
      "of the stack",
      "by hand",
    ];
    for (const words of [...printed, "running\n"]) expect(stderr).toContain(words);
    const script = await it.migrate("stamp", "a", "--sql");
    expect(script.stdout).toStartWith("BEGIN;");
  }, longest);
}

test("SIGTERM ends a run whose upgrade function never settles", async () => {
  using it = project({ env: { DATABASE_URL: "sqlite:///./app.db" } });
  it.write(
    "migrations/versions/a.js",
    `export const revision = "a";
     export const downRevision = null;
     export async function upgrade() {
       console.log("waiting");
       await new Promise(() => {});
     }`,
  );
  const child = it.start(["upgrade", "head"]);
  await untilSaid(child, "waiting");
  child.kill("SIGTERM");
  expect(await child.exited).toBe(130);
}, longest);

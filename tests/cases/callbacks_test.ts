import { expect, test } from "bun:test";
import { existsSync, mkdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { freshDatabase } from "../servers/fresh_database.ts";
import { executable, type Project, project, sqlRevision } from "./project.ts";
import { query } from "./query.ts";

const kinds = ["sqlite", "postgres", "libsql"] as const;
const longest = 60_000;

function twoTables(it: Project): void {
  const table = (name: string) => ({
    message: `table ${name}`,
    up: `CREATE TABLE ${name} (id INTEGER);`,
    downSql: `DROP TABLE ${name};`,
  });
  it.write("migrations/versions/a.sql", sqlRevision({ id: "aaaa", ...table("a") }));
  it.write("migrations/versions/b.sql", sqlRevision({ id: "bbbb", down: ["aaaa"], ...table("b") }));
}

const names = ["before_run", "after_run", "before_step", "after_step", "on_error"];

/** Each appends what it was told to `told`; the one that `failing` names fails. */
function commands(it: Project, more = ""): void {
  const command =
    'echo "$MIGRATE_CALLBACK $MIGRATE_DIRECTION ${MIGRATE_REVISION:--} $MIGRATE_FROM>$MIGRATE_TO $MIGRATE_STEPS" >> told; test "$MIGRATE_CALLBACK $MIGRATE_REVISION" != "$(cat failing)"';
  const lines = names.map((name) => `${name} = '''${command}'''`);
  it.write("migrate.toml", `${more}\n[callbacks]\n${lines.join("\n")}\n`);
  it.write("told", "");
  it.write("failing", "");
}

function told(it: Project): readonly string[] {
  const lines = it.read("told").split("\n").filter((line) => line !== "");
  it.write("told", "");
  return lines;
}

async function tables(url: string): Promise<readonly unknown[]> {
  const sql = url.startsWith("postgres")
    ? "SELECT tablename AS name FROM pg_tables WHERE tablename IN ('a', 'b') ORDER BY 1"
    : "SELECT name FROM sqlite_schema WHERE type = 'table' AND name IN ('a', 'b') ORDER BY 1";
  return (await query(url, sql)).map((row) => row["name"]);
}

for (const kind of kinds) {
  test(
    `${kind}: callbacks are called before and after a run and each step, with its details`,
    async () => {
      await using database = await freshDatabase(kind);
      using it = project({ env: { DATABASE_URL: database.url } });
      twoTables(it);
      commands(it);
      await it.ok("upgrade", "head");
      const run = "upgrade - >bbbb 2";
      expect(told(it)).toEqual([
        `before_run ${run}`,
        "before_step upgrade aaaa >bbbb 2",
        "after_step upgrade aaaa >bbbb 2",
        "before_step upgrade bbbb >bbbb 2",
        "after_step upgrade bbbb >bbbb 2",
        `after_run ${run}`,
      ]);
      await it.ok("upgrade", "head");
      await it.ok("downgrade", "-1", "--dry-run");
      await it.ok("status");
      expect(told(it)).toEqual([]);
      await it.ok("downgrade", "-1");
      expect(told(it)).toContain("before_step downgrade bbbb bbbb>aaaa 1");
      await it.ok("stamp", "bbbb");
      expect(told(it)).toContain("before_step stamp bbbb aaaa>bbbb 1");
    },
    longest,
  );

  test(`${kind}: after_step is not called for a step that fails`, async () => {
    await using database = await freshDatabase(kind);
    using it = project({ env: { DATABASE_URL: database.url } });
    const up = "CREATE TABLE a (id INTEGER);\nINSERT INTO missing VALUES (1);";
    it.write("migrations/versions/1.sql", sqlRevision({ id: "one", up }));
    it.write("migrate.toml", '[callbacks]\nafter_step = "touch after"\n');
    expect((await it.migrate("upgrade", "head")).status).toBe(1);
    expect(existsSync(join(it.folder, "after"))).toBe(false);
  }, longest);

  test(`${kind}: a failing before_run or before_step stops the run`, async () => {
    await using database = await freshDatabase(kind);
    using it = project({ env: { DATABASE_URL: database.url } });
    twoTables(it);
    commands(it);
    for (const failing of ["before_run ", "before_step aaaa"]) {
      it.write("failing", failing);
      const { status, stderr } = await it.migrate("upgrade", "head");
      expect(status).toBe(1);
      expect(stderr).toContain(
        `the callback ${failing.split(" ")[0]} failed: it exited with status 1`,
      );
      expect(stderr).toContain("No step was committed; the database is at base");
      expect(told(it).at(-1)).toMatch(/^on_error upgrade (?:aaaa|-) >bbbb 2$/);
      expect(await tables(database.url)).toEqual([]);
    }
  }, longest);

  test(
    `${kind}: a failing after_step rolls back the transaction, if there is one`,
    async () => {
      await using database = await freshDatabase(kind);
      using it = project({ env: { DATABASE_URL: database.url } });
      twoTables(it);
      commands(it);
      it.write("failing", "after_step bbbb");
      const { status, stderr } = await it.migrate("upgrade", "head");
      expect(status).toBe(1);
      // A libSQL server commits each step by itself.
      const stays = kind === "libsql" ? ["a", "b"] : [];
      expect(await tables(database.url)).toEqual(stays);
      expect(stderr).toContain(
        kind === "libsql"
          ? "2 steps were committed; the database is at bbbb"
          : "No step was committed; the database is at base",
      );
    },
    longest,
  );
}

test("a failing after_step does not undo a step outside a transaction", async () => {
  await using database = await freshDatabase("postgres");
  using it = project({ env: { DATABASE_URL: database.url } });
  twoTables(it);
  it.write(
    "migrations/versions/b.sql",
    sqlRevision({
      id: "bbbb",
      down: ["aaaa"],
      more: ["-- transaction: false"],
      up: "CREATE TABLE b (id INT);",
    }),
  );
  commands(it);
  it.write("failing", "after_step bbbb");
  const { status, stderr } = await it.migrate("upgrade", "head");
  expect(status).toBe(1);
  expect(stderr).toContain("2 steps were committed; the database is at bbbb");
  expect(await tables(database.url)).toEqual(["a", "b"]);
}, longest);

test("a failing after_run says what was committed; a failing on_error only warns", async () => {
  using it = project({ env: { DATABASE_URL: "sqlite:///./app.db" } });
  twoTables(it);
  commands(it);
  it.write("failing", "after_run ");
  const after = await it.migrate("upgrade", "aaaa");
  expect(after.status).toBe(1);
  expect(after.stderr).toContain("the callback after_run failed");
  expect(after.stderr).toContain("1 step was committed; the database is at aaaa");
  it.write(
    "migrations/versions/b.sql",
    sqlRevision({ id: "bbbb", down: ["aaaa"], up: "SELECT x;" }),
  );
  it.write("failing", "on_error bbbb");
  const failed = await it.migrate("upgrade", "head", "--json");
  expect(failed.status).toBe(1);
  expect(JSON.parse(failed.stdout).error).toMatchObject({
    code: "database/failed",
    revision: "bbbb",
  });
  expect(failed.stderr).toContain("Warning: Cannot continue: the callback on_error failed");
});

test("the on_error command that init suggests prints the error", async () => {
  using it = project({ env: { DATABASE_URL: "sqlite:///./app.db" } });
  await it.ok("init");
  const proposed = it.read("migrate.toml").replace("# [callbacks]", "[callbacks]")
    .replace("# on_error", "on_error");
  it.write("migrate.toml", proposed);
  it.write("migrations/versions/a.sql", sqlRevision({ id: "aaaa", up: "SELECT x;" }));
  const { stderr } = await it.migrate("upgrade", "head");
  expect(stderr).toContain("on_error: Cannot upgrade to aaaa: no such column: x\n");
});

test("callbacks of env.ts are called with an event, and an exception stops the run", async () => {
  using it = project({ env: { DATABASE_URL: "sqlite:///./app.db" } });
  twoTables(it);
  it.write(
    "migrations/env.ts",
    `import { appendFileSync, existsSync } from "node:fs";
     import type { CallbackEvent } from "migrate";
     const note = (event: CallbackEvent) => appendFileSync("told", JSON.stringify(event) + "\\n");
     export const beforeRun = note;
     export async function afterStep(event: CallbackEvent): Promise<void> {
       await Promise.resolve();
       note(event);
       if (existsSync("stop")) throw new Error("stopped by a file");
     }
     export const onError = note;`,
  );
  it.write("told", "");
  await it.ok("upgrade", "aaaa");
  const run = {
    database: expect.stringMatching(/^sqlite:.*app\.db$/),
    ...{ direction: "upgrade", from: [], to: ["aaaa"], steps: 1 },
  };
  expect(told(it).map((line) => JSON.parse(line))).toEqual([
    { callback: "beforeRun", ...run },
    { callback: "afterStep", ...run, revision: "aaaa", message: "table a" },
  ]);
  it.write("stop", "");
  const { status, stderr } = await it.migrate("upgrade", "head");
  expect(status).toBe(1);
  expect(stderr).toContain(
    `Cannot run afterStep of "env.ts": stopped by a file\n  at migrations/env.ts:8`,
  );
  expect(JSON.parse(told(it).at(-1) ?? "")).toMatchObject({
    callback: "onError",
    revision: "bbbb",
    error: expect.stringContaining("stopped by a file"),
  });
  expect(await it.ok("current")).toBe("aaaa\n");
  it.write("migrations/env.ts", "export const beforeRun = 1;");
  expect((await it.migrate("upgrade", "head")).stderr).toContain(
    "Cannot use beforeRun: it is not a function",
  );
});

test("an env.ts that cannot be read stops the run, even if it is a link that leads nowhere", async () => {
  using it = project({ env: { DATABASE_URL: "sqlite:///./app.db" } });
  twoTables(it);
  const file = join(it.folder, "migrations/env.ts");
  symlinkSync("nowhere.ts", file);
  expect((await it.migrate("upgrade", "head")).stderr).toContain(
    `Cannot read "env.ts": no such file\n  at migrations/env.ts\n  Hint: `,
  );
  rmSync(file);
  mkdirSync(file);
  expect((await it.migrate("upgrade", "head")).stderr).toContain("it is a directory");
  expect(existsSync(join(it.folder, "app.db"))).toBeFalse();
});

test("an unknown key in [callbacks] is an error; output of commands goes to stderr", async () => {
  using it = project({ env: { DATABASE_URL: "sqlite:///./app.db" } });
  twoTables(it);
  it.write("migrate.toml", `[callbacks]\nbefore_steps = "true"\n`);
  const mistyped = await it.migrate("upgrade", "head");
  expect(mistyped.status).toBe(1);
  expect(mistyped.stderr).toContain(`unknown key "before_steps" in [callbacks]`);
  it.write("migrate.toml", `[callbacks]\nafter_run = "echo out; echo err >&2; (sleep 20 &)"\n`);
  const { stdout, stderr } = await it.migrate("upgrade", "head", "--json");
  expect(JSON.parse(stdout).to).toEqual(["bbbb"]);
  expect(stderr).toContain("after_run: out\n");
  expect(stderr).toContain("after_run: err\n");
});

test(
  "sqlite: if another run came first, an error says which revision the database is at now",
  async () => {
    await using database = await freshDatabase("sqlite");
    using it = project({ env: { DATABASE_URL: database.url } });
    const upgrade = `NESTED=1 "${executable.command[0]}" upgrade aaaa`;
    const nested = `test "$NESTED" || { echo begun >> begun; ${upgrade}; }`;
    it.write("migrate.toml", `[callbacks]\nbefore_run = '''${nested}'''\n`);
    twoTables(it);
    const up = "CREATE TABLE a (id INTEGER);";
    it.write("migrations/versions/b.sql", sqlRevision({ id: "bbbb", down: ["aaaa"], up }));
    const { stdout } = await it.migrate("upgrade", "head", "--json");
    expect(JSON.parse(stdout)).toMatchObject({
      error: { message: expect.stringContaining("table a already exists"), revision: "bbbb" },
      ...{ steps: [], from: [], to: ["aaaa"] },
    });
    // There was a new plan, but it was the same run.
    expect(it.read("begun")).toBe("begun\n");
  },
  longest,
);

test(
  "sqlite: if another run makes the rest impossible, the error says which steps were done",
  async () => {
    await using database = await freshDatabase("sqlite");
    using it = project({ env: { DATABASE_URL: database.url } });
    const elsewhere = `"${executable.command[0]}" -c other.toml stamp --purge gone`;
    it.write("migrate.toml", `[callbacks]\nafter_step = '''${elsewhere}'''\n`);
    const alone = ["-- transaction: false"];
    for (const [id, ...down] of [["aaaa"], ["bbbb", "aaaa"]] as const) {
      const up = `CREATE TABLE ${id} (id INTEGER);`;
      it.write(`migrations/versions/${id}.sql`, sqlRevision({ id, down, up, more: alone }));
    }
    it.write("other.toml", 'script_location = "other"\n');
    it.write("other/versions/gone.sql", sqlRevision({ id: "gone", up: "" }));
    const { stdout } = await it.migrate("upgrade", "head", "--json");
    expect(JSON.parse(stdout)).toMatchObject({
      error: { message: expect.stringContaining("gone") },
      ...{ steps: [{ revision: "aaaa" }], from: [], to: ["gone"] },
    });
  },
  longest,
);

test(
  "after_run is called whenever before_run was, also if another run has done everything meanwhile",
  async () => {
    await using database = await freshDatabase("sqlite");
    using it = project({ env: { DATABASE_URL: database.url } });
    // Each waits until both have begun.
    const before = "echo before >> calls; until [ $(grep -c before calls) = 2 ]; do :; done";
    it.write(
      "migrate.toml",
      `[callbacks]\nbefore_run = "${before}"\nafter_run = "echo after >> calls"\n`,
    );
    it.write(
      "migrations/versions/a.sql",
      sqlRevision({ id: "a", up: "CREATE TABLE t (id INTEGER);" }),
    );
    await Promise.all([it.ok("upgrade", "head"), it.ok("upgrade", "head")]);
    expect(it.read("calls")).toBe("before\nbefore\nafter\nafter\n");
  },
  30_000,
);

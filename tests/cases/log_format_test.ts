import { expect, test } from "bun:test";
import { project, sqlRevision } from "./project.ts";

const env = { DATABASE_URL: "sqlite:///./app.db" };

function lines(stderr: string): readonly Record<string, unknown>[] {
  return stderr.split("\n").filter((it) => it !== "").map((it) => JSON.parse(it));
}

test("--log-format json writes one object per line for every message", async () => {
  using it = project({ env });
  it.write(
    "migrations/versions/a.sql",
    sqlRevision({ id: "aaaa", up: "CREATE TABLE a (id INT);" }),
  );
  it.write(
    "migrations/versions/b.sql",
    sqlRevision({ id: "bbbb", down: ["aaaa"], up: "SELECT x;" }),
  );
  it.write(
    "migrations/env.ts",
    `console.log("loaded %d", 1);\nexport const afterRun = () => console.error("over");\n`,
  );
  it.write("migrate.toml", `[callbacks]\nbefore_run = "echo one; echo two >&2"\n`);
  const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  const good = await it.migrate("--log-format", "json", "upgrade", "aaaa");
  expect(good.status).toBe(0);
  const told = lines(good.stderr);
  expect(told.map((one) => one["event"])).toEqual([
    ...["console", "connected", "said", "said", "stepStarted", "stepFinished", "console"],
  ]);
  expect(told[4]).toEqual({
    ...{ time, level: "info", event: "stepStarted" },
    ...{ message: "Running upgrade  -> aaaa, aaaa", direction: "upgrade", revision: "aaaa" },
  });
  expect(told[5]).toMatchObject({ durationMs: expect.any(Number), revision: "aaaa" });
  const bad = await it.migrate("upgrade", "head", "--log-format=json", "--json");
  expect(JSON.parse(bad.stdout).error.code).toBe("database/failed");
  expect(lines(bad.stderr).at(-1)).toEqual({
    ...{ time, level: "error", event: "failed", code: "database/failed", revision: "bbbb" },
    ...{ message: "Cannot upgrade to bbbb: no such column: x", hint: null },
    ...{ file: "migrations/versions/b.sql", line: 5 },
  });
  for (const line of ["upgrad head", "current -c", "upgrade nope", "history --bogus"]) {
    const { stdout, stderr } = await it.migrate(...line.split(" "), "--log-format", "json");
    expect(lines(stderr).length).toBeGreaterThan(0);
    expect(stdout).not.toContain("{");
  }
  const quiet = await it.migrate("upgrade", "nope", "-q", "--log-format", "json");
  expect(lines(quiet.stderr).filter((one) => one["event"] !== "console")).toHaveLength(1);
  expect(await it.migrate("current", "--log-format", "yaml")).toMatchObject({ status: 2 });
});

test("--log-format json has the revision id in every event about a revision", async () => {
  using it = project({ env });
  const up = "CREATE TABLE a (id INT);";
  it.write("migrations/versions/a.sql", sqlRevision({ id: "aaaa", up, downSql: "DROP TABLE a;" }));
  const { stderr } = await it.migrate("verify", "--log-format", "json");
  expect(lines(stderr)).toEqual([{
    ...{ time: expect.any(String), level: "info", event: "examined", revision: "aaaa" },
    ...{ message: "Verifying revision 1 of 1: aaaa, aaaa", how: "Verifying", number: 1, of: 1 },
  }]);
});

test("control characters in messages, names and errors are escaped, except for bold", async () => {
  using it = project({ env });
  const up = `CREATE TABLE "\x1b[2Ja" (id INT);`;
  const revision = sqlRevision({ id: "aaaa", up });
  it.write(
    "migrations/versions/a.sql",
    revision.replace(/^-- message: .*$/m, "-- message: \x1b]0;owned\x07 a \x1b[1mbold\x1b[0m one"),
  );
  const told = String.raw`\x1b]0;owned\x07 a ` + "\x1b[1mbold\x1b[0m one";
  for (const words of ["upgrade head --dry-run", "upgrade head", "history", "show head"]) {
    const { status, stdout, stderr } = await it.migrate(...words.split(" "));
    expect([status, stdout + stderr]).toEqual([0, expect.stringContaining(told)]);
  }
  await it.ok("stamp", "base");
  for (const words of ["upgrade head", "log", "upgrade nope\x1b[2J"]) {
    const { stdout, stderr } = await it.migrate(...words.split(" "));
    expect(stdout + stderr).toContain(String.raw`\x1b[2J`);
    expect(stdout + stderr).not.toContain("\x1b[2J");
  }
  expect((await it.migrate("upgrade", "head", "--sql")).stdout).toContain(up);
});

test("an upgrade with nothing to do prints nothing", async () => {
  using it = project({ env });
  it.write(
    "migrations/versions/a.sql",
    sqlRevision({ id: "aaaa", up: "CREATE TABLE a (id INT);" }),
  );
  const first = await it.migrate("upgrade", "head");
  expect(first.stderr).toMatch(/^Database: sqlite:.*app\.db\nRunning upgrade {2}-> aaaa, aaaa\n$/);
  expect(await it.migrate("upgrade", "head")).toEqual({ stdout: "", stderr: "", status: 0 });
  expect(await it.migrate("upgrade", "head", "--log-format", "json")).toMatchObject({ stderr: "" });
  const { stderr } = await it.migrate("upgrade", "nope");
  expect(stderr).toMatch(/^Database: .*\nError: Can't locate/);
});

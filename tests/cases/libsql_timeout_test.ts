import { expect, test } from "bun:test";
import { connect } from "../driver/connect.ts";
import { freshDatabase } from "../servers/fresh_database.ts";
import { project, restSaid, sqlRevision, untilSaid } from "./project.ts";
import { libsqlProxy } from "../servers/libsql_proxy.ts";
import { query, versions } from "./query.ts";

test.concurrent.each([
  ["a batch", "INSERT INTO late"],
  ["a transaction", "COMMIT"],
])("libsql: %s whose answer is lost after its commit counts as done", async (name, last) => {
  await using database = await freshDatabase("libsql");
  let [begun, ends, lost] = [false, false, false];
  const before = (text: string) => {
    begun ||= text.includes("INSERT INTO late");
    ends = begun && text.includes(last);
  };
  const after = () => {
    if (!ends || lost) return;
    lost = true;
    return "lost" as const;
  };
  await using proxy = libsqlProxy(database.url, before, after);
  using it = project({ env: { DATABASE_URL: proxy.url } });
  it.write("migrations/versions/1.sql", sqlRevision({ id: "one", up: "CREATE TABLE late (x);" }));
  await it.ok("upgrade", "head");
  const insert = "INSERT INTO late VALUES (1)";
  it.write(
    `migrations/versions/2.${name === "a batch" ? "sql" : "js"}`,
    name === "a batch"
      ? sqlRevision({ id: "two", down: ["one"], up: `${insert};` })
      : `export const revision = "two";
export const downRevision = "one";
export function upgrade(op) { op.run("late", async (db) => { await db.query\`${insert}\`; }); }
`,
  );
  const { status, stderr } = await it.migrate("upgrade", "head");
  expect([lost, status, stderr]).toEqual([true, 0, expect.not.stringContaining("Error")]);
  expect(await query(database.url, "SELECT x FROM late")).toEqual([{ x: 1 }]);
  expect(await query(database.url, "SELECT outcome FROM migrate_history")).toEqual([
    { outcome: "done" },
    { outcome: "done" },
  ]);
}, 40_000);

/** Two revisions, the second of which does nothing in its transaction but `wait`. */
function slowProject(url: string, wait: string): ReturnType<typeof project> {
  const it = project({ env: { DATABASE_URL: url } });
  it.write("migrations/versions/1.sql", sqlRevision({ id: "one", up: "CREATE TABLE t (id);" }));
  it.write(
    "migrations/versions/2.ts",
    `import { existsSync } from "node:fs";
export const revision = "two";
export const downRevision = "one";
export function upgrade(op) {
  op.run("slowly", async (db) => {
    await db.query\`CREATE TABLE half (id)\`;
    console.log("it sleeps");
    ${wait}
    await db.query\`INSERT INTO t VALUES (1)\`;
  });
}
`,
  );
  return it;
}

test.concurrent(
  "libsql: a transaction that the server ends for another writer is an error with a hint",
  async () => {
    await using database = await freshDatabase("libsql");
    using it = slowProject(
      database.url,
      `while (!existsSync("go")) await new Promise((go) => setTimeout(go, 10));`,
    );
    const child = it.start(["upgrade", "head"]);
    const said = await untilSaid(child, "it sleeps");
    await using other = await connect(database.url);
    await other.batch([{ sql: "INSERT INTO t VALUES (2)" }]);
    it.write("go", "");
    const rest = await restSaid(child);
    expect(await child.exited).toBe(1);
    expect(said + rest).toContain(
      "Error: Cannot upgrade to two: Transaction timed out\n  at migrations/versions/2.ts:9:",
    );
    expect(said + rest).toContain(
      "the database is at one\n  Hint: It was rolled back, and nothing is half done: the server ends a transaction after five seconds",
    );
    expect(await versions(database.url)).toEqual(["one"]);
    expect(await query(database.url, "SELECT name FROM sqlite_schema WHERE name = 'half'")).toEqual(
      [],
    );
  },
  40_000,
);

test.concurrent(
  "libsql: a transaction that the server ends because it was idle is an error with a hint",
  async () => {
    await using database = await freshDatabase("libsql");
    // The server does not say when it drops a stream, and each query gives it ten seconds more.
    using it = slowProject(
      database.url,
      `for (let pause = 11_000;; pause += 5000) {
      await new Promise((go) => setTimeout(go, pause));
      await db.query\`SELECT 1\`;
    }`,
    );
    const { status, stderr } = await it.migrate("upgrade", "head");
    expect(stderr).toContain(
      "Error: Cannot upgrade to two: The stream has expired due to inactivity",
    );
    expect(stderr).toContain(
      "Hint: It was rolled back, and nothing is half done: the server ends a transaction that is idle",
    );
    expect(status).toBe(1);
    expect(await versions(database.url)).toEqual(["one"]);
    expect(await query(database.url, "SELECT name FROM sqlite_schema WHERE name = 'half'")).toEqual(
      [],
    );
  },
  40_000,
);

test.concurrent(
  "libsql: a run that waits for its turn does not end the transaction of the one at work",
  async () => {
    await using database = await freshDatabase("libsql");
    using it = slowProject(
      database.url,
      `while (!existsSync("go")) {
      await db.query\`SELECT 1\`;
      await new Promise((go) => setTimeout(go, 100));
    }`,
    );
    const first = it.start(["upgrade", "head"]);
    await untilSaid(first, "it sleeps");
    const second = it.start(["upgrade", "head"]);
    await untilSaid(second, "Waiting");
    // The server would end the transaction five seconds after another writer has come.
    await new Promise((go) => setTimeout(go, 6500));
    const started = performance.now();
    const { status } = await it.migrate("upgrade", "head", "--lock-wait", "0.5");
    expect([status, performance.now() - started < 4000]).toEqual([4, true]);
    it.write("go", "");
    expect([await first.exited, await second.exited]).toEqual([0, 0]);
    expect(await query(database.url, "SELECT id FROM t")).toEqual([{ id: 1 }]);
  },
  40_000,
);

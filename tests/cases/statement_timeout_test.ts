import { expect, test } from "bun:test";
import { connect } from "../driver/connect.ts";
import { freshDatabase } from "../servers/fresh_database.ts";
import { until } from "../until.ts";
import { project, restSaid, sqlRevision, untilSaid } from "./project.ts";
import { query, run, untilRuns, versions } from "./query.ts";

const longest = 60_000;

const shown = (name: string) =>
  `INSERT INTO seen SELECT '${name}', current_setting('statement_timeout'), current_setting('idle_in_transaction_session_timeout');`;

test("a revision has the configured timeouts or its own, also outside a transaction", async () => {
  await using database = await freshDatabase("postgres");
  using it = project({ env: { DATABASE_URL: database.url } });
  it.write("migrate.toml", `statement_timeout = "7s"\n`);
  const table = "CREATE TABLE seen (who text, statement text, idle text);";
  const revisions = [
    sqlRevision({ id: "r0", up: table + shown("r0") }),
    sqlRevision({
      id: "r1",
      down: ["r0"],
      up: shown("r1"),
      more: ["-- statement_timeout: 70250ms", "-- idle_in_transaction: 2m"],
    }),
    sqlRevision({ id: "r2", down: ["r1"], up: shown("r2") }),
    sqlRevision({
      id: "r3",
      down: ["r2"],
      up: `DO $$ BEGIN ${shown("r3")} END $$;`,
      more: ["-- transaction: false", "-- statement_timeout: 0"],
    }),
    sqlRevision({ id: "r4", down: ["r3"], up: shown("r4") }),
  ];
  for (const [index, text] of revisions.entries()) {
    it.write(`migrations/versions/${index}.sql`, text);
  }
  it.write(
    "migrations/versions/5.ts",
    `export const revision = "r5";
export const downRevision = "r4";
export const statementTimeout = "61.5s";
export function upgrade(op) { op.execute(${JSON.stringify(shown("r5"))}); }
`,
  );
  // What commits by itself is in no transaction that could have limits of its own.
  const alone = {
    up: `DO $$ BEGIN ${shown("r6")} COMMIT; END $$;`,
    more: ["-- transaction: false", "-- statement_timeout: 9s", "-- idle_in_transaction: 3m"],
  };
  it.write("migrations/versions/6.sql", sqlRevision({ id: "r6", down: ["r5"], ...alone }));
  it.write(
    "migrations/versions/7.sql",
    sqlRevision({ id: "r7", down: ["r6"], up: shown("r7"), more: ["-- transaction: false"] }),
  );
  await it.ok("upgrade", "head");
  expect(await query(database.url, "SELECT who, statement, idle FROM seen ORDER BY who")).toEqual([
    { who: "r0", statement: "7s", idle: "0" },
    { who: "r1", statement: "70250ms", idle: "2min" },
    { who: "r2", statement: "7s", idle: "0" },
    { who: "r3", statement: "0", idle: "0" },
    { who: "r4", statement: "7s", idle: "0" },
    { who: "r5", statement: "61500ms", idle: "0" },
    { who: "r6", statement: "9s", idle: "3min" },
    { who: "r7", statement: "7s", idle: "0" },
  ]);
});

test("outside a transaction, a script's own timeouts last until its end", async () => {
  await using database = await freshDatabase("postgres");
  await run(database.url, "CREATE TABLE seen (who text, statement text, idle text)");
  using it = project({ env: { DATABASE_URL: database.url } });
  it.write("migrate.toml", `statement_timeout = "7s"\nidle_in_transaction = "9s"\n`);
  const committing = (who: string) => `DO $$ BEGIN ${shown(who)} COMMIT; END $$;\n`;
  const more = ["-- transaction: false"];
  const up = `${shown("a")}\n${committing("b")}SET statement_timeout = 0;
SET idle_in_transaction_session_timeout = '2min';
${committing("c")}VACUUM seen;\n${shown("d")}\nSET LOCAL statement_timeout = '1h';\n${shown("e")}
SELECT no_such_function();`;
  it.write("migrations/versions/1.sql", sqlRevision({ id: "one", up, more }));
  const { status, stderr } = await it.migrate("upgrade", "head");
  expect([status, stderr]).toEqual([1, expect.stringContaining("no_such_function")]);
  // A resumed script begins with the settings that it had made.
  const rest = `${shown("f")}\n${committing("g")}RESET statement_timeout;\n${shown("h")}`;
  const mended = up.replace("SELECT no_such_function();", () => rest);
  it.write("migrations/versions/1.sql", sqlRevision({ id: "one", up: mended, more }));
  for (const [id, down, header] of [["two", "one", more], ["tri", "two", []]] as const) {
    it.write(
      `migrations/versions/${id}.sql`,
      sqlRevision({ id, down: [down], up: shown(id), more: header }),
    );
  }
  await it.ok("upgrade", "head");
  expect(await query(database.url, "SELECT who, statement, idle FROM seen ORDER BY who")).toEqual([
    { who: "a", statement: "7s", idle: "9s" },
    { who: "b", statement: "7s", idle: "9s" },
    ...["c", "d", "e", "f", "g"].map((who) => ({ who, statement: "0", idle: "2min" })),
    { who: "h", statement: "0", idle: "2min" },
    { who: "tri", statement: "7s", idle: "9s" },
    { who: "two", statement: "7s", idle: "9s" },
  ]);
}, longest);

test("an index that took too long to build is dropped, however long that takes", async () => {
  await using database = await freshDatabase("postgres");
  await run(database.url, "CREATE TABLE t (a integer)");
  await using writer = await connect(database.url);
  await writer.query({ sql: "BEGIN" });
  await writer.query({ sql: "INSERT INTO t VALUES (1)" });
  using it = project({ env: { DATABASE_URL: database.url } });
  it.write("migrate.toml", `statement_timeout = "300ms"\n`);
  const up = "CREATE INDEX CONCURRENTLY ti ON t (a);";
  const revision = { id: "one", up, more: ["-- transaction: false"] };
  it.write("migrations/versions/1.sql", sqlRevision(revision));
  const child = it.start(["upgrade", "head"]);
  const waits = "clock_timestamp() - query_start > '600 ms'";
  await untilRuns(database.url, "DROP INDEX CONCURRENTLY", waits);
  await writer.query({ sql: "COMMIT" });
  expect(await restSaid(child)).toMatch(
    /canceling statement due to statement timeout\n[^]*The invalid index \S*ti that it left has been dropped/,
  );
  expect(await child.exited).toBe(1);
  await it.ok("upgrade", "head");
}, longest);

test("a statement and an idle transaction that time out are errors with a hint", async () => {
  await using database = await freshDatabase("postgres");
  using it = project({ env: { DATABASE_URL: database.url } });
  const slow = sqlRevision({
    id: "slow",
    up: "CREATE TABLE t (id integer);\nSELECT pg_sleep(20);",
    more: ["-- statement_timeout: 100ms"],
  });
  it.write("migrations/versions/1.sql", slow);
  const stopped = await it.migrate("upgrade", "head");
  expect(stopped.status).toBe(1);
  expect(stopped.stderr).toContain("1.sql:7");
  expect(stopped.stderr).toMatch(
    /Hint: Raise statement_timeout in the configuration or in the header/,
  );
  it.write(
    "migrations/versions/1.sql",
    sqlRevision({ id: "slow", up: "CREATE TABLE t (id integer);" }),
  );
  it.write(
    "migrations/versions/2.ts",
    `import { existsSync } from "node:fs";
export const revision = "idle";
export const downRevision = "slow";
export const idleInTransaction = "100ms";
export function upgrade(op) {
  op.run("think", async (db) => {
    await db.query\`SELECT 1\`;
    console.log("it thinks");
    while (!existsSync("go")) await new Promise((resolve) => setTimeout(resolve, 10));
    await db.query\`SELECT 1\`;
  });
}
`,
  );
  const child = it.start(["upgrade", "head"]);
  await untilSaid(child, "it thinks");
  const sessions =
    "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()";
  await until(async () => (await query(database.url, sessions)).length === 0);
  it.write("go", "");
  const said = await restSaid(child);
  expect(await child.exited).toBe(1);
  expect(said).toContain("terminating connection due to idle-in-transaction timeout");
  expect(said).toContain("Hint: Raise idle_in_transaction");
  expect(await versions(database.url)).toEqual([]);
}, longest);

test("a transaction that the server finds too long is an error with a hint", async () => {
  await using database = await freshDatabase("postgres");
  const url = `${database.url}?options=-c%20transaction_timeout%3D200ms`;
  using it = project({ env: { DATABASE_URL: url } });
  it.write(
    "migrations/versions/1.sql",
    sqlRevision({ id: "long", up: "SELECT pg_sleep(9);" }),
  );
  const { status, stderr } = await it.migrate("upgrade", "head");
  expect(stderr).toContain("terminating connection due to transaction timeout\n");
  expect(stderr).toContain("  Hint: Raise transaction_timeout, as with ALTER ROLE");
  expect(status).toBe(1);
}, longest);

test("a statement_timeout of the role that is too short names what was stopped", async () => {
  await using database = await freshDatabase("postgres");
  using it = project({ env: { DATABASE_URL: database.url } });
  it.write("migrations/versions/1.sql", sqlRevision({ id: "one", up: "SELECT 1;" }));
  await it.ok("upgrade", "head");
  // A row that takes as long to read.
  await run(
    database.url,
    "ALTER TABLE alembic_version RENAME TO rows",
    "CREATE VIEW alembic_version AS SELECT version_num FROM rows, pg_sleep(2)",
  );
  const url = `${database.url}?options=-c%20statement_timeout%3D1s`;
  const { status, stderr } = await it.migrate("current", "--database-url", url);
  expect([status, stderr]).toEqual([
    1,
    expect.stringMatching(
      /^Error: Cannot read the version table: canceling statement due to statement timeout\n {2}Hint: Raise the role's statement_timeout, /,
    ),
  ]);
}, longest);

const headers = [
  ["1.sql", sqlRevision({ id: "a", more: ["-- statement_timeout: 5"] }), `"5" is not a time`, ":4"],
  ["1.sql", sqlRevision({ id: "a", more: ["-- statement_timeot: 5s"] }), "Did you mean", ":4"],
  [
    "1.ts",
    `export const revision = "a";\nexport const downRevision = null;\nexport const statementTimeout = "soon";\nexport function upgrade() {}\n`,
    `"soon" is not a time`,
    ":3",
  ],
] as const;

for (const [name, text, found, line] of headers) {
  test(`an invalid timeout header is an error with its line: ${found}`, async () => {
    using it = project();
    it.write(`migrations/versions/${name}`, text);
    const { status, stderr } = await it.migrate("heads");
    expect(status).toBe(1);
    expect(stderr).toContain(found);
    expect(stderr).toContain(`migrations/versions/${name}${line}`);
  });
}

test("the times that the hint for statement_timeout suggests are valid", async () => {
  using it = project();
  const write = (time: string) =>
    it.write(
      "migrations/versions/1.sql",
      sqlRevision({ id: "a", more: [`-- statement_timeout: ${time}`] }),
    );
  write("5");
  const { stderr } = await it.migrate("heads");
  const typed = /Hint: Write .* such as (\S+), (\S+) or (\S+), or (\S+) for none/.exec(stderr) ??
    [];
  expect(typed).toHaveLength(5);
  for (const time of typed.slice(1)) {
    write(time);
    await it.ok("heads");
  }
});

test("a time without a unit is an error in the configuration, too", async () => {
  using it = project();
  it.write("migrate.toml", "statement_timeout = 5\n");
  const { status, stderr } = await it.migrate("heads");
  expect(status).toBe(1);
  expect(stderr).toContain(`a string with its unit, such as "500ms", "5s" or "2m"`);
});

test("a serialization failure has a hint to run the command again", async () => {
  await using database = await freshDatabase("postgres");
  await run(database.url, "CREATE TABLE t AS SELECT 1 AS id");
  const url = `${database.url}?options=-c%20default_transaction_isolation%3Dserializable`;
  using it = project({ env: { DATABASE_URL: url } });
  const up = "SELECT id FROM t;\nSELECT pg_advisory_xact_lock(1);\nUPDATE t SET id = 2;";
  it.write("migrations/versions/1.sql", sqlRevision({ id: "one", up }));
  await using other = await connect(database.url);
  await other.query({ sql: "SELECT pg_advisory_lock(1)" });
  const child = it.start(["upgrade", "head"]);
  await untilRuns(database.url, "SELECT pg_advisory_xact_lock");
  await other.query({ sql: "UPDATE t SET id = 3" });
  await other.query({ sql: "SELECT pg_advisory_unlock(1)" });
  expect(await restSaid(child)).toMatch(
    /could not serialize access[^]*Hint: Run the command again: another transaction/,
  );
  await it.ok("upgrade", "head");
});

import { expect, test } from "bun:test";
import Database from "libsql";
import { firstKeyword } from "../../lib/sql/first_keyword.ts";
import { PreparedStatements } from "../../lib/driver/sqlite/prepared_statements.ts";
import { SlowStatements } from "../../lib/driver/sqlite/slow_statements.ts";

const quickInAny = [
  "BEGIN IMMEDIATE",
  "INSERT INTO big VALUES (1, 'x'), (2, 'y')",
  "INSERT INTO big (id, name) VALUES (1, 'x')",
  "REPLACE INTO big VALUES (1, 'x')",
  "CREATE TABLE t (id integer)",
  "CREATE TEMP TABLE t (id integer)",
  "CREATE TABLE IF NOT EXISTS t (id integer, kind text DEFAULT 'as')",
  "CREATE TRIGGER g AFTER INSERT ON big BEGIN DELETE FROM big; END",
  "CREATE VIEW v AS SELECT * FROM big JOIN big AS other",
  "PRAGMA user_version",
];
const slowInLarge = [
  "CREATE TABLE t AS SELECT * FROM big",
  "CREATE INDEX ix ON big (name)",
  'CREATE UNIQUE INDEX ix ON "big" (name)',
  "CREATE INDEX ix ON main.small (name)",
  "DROP TABLE big",
  "ALTER TABLE big ADD COLUMN more text",
  "ALTER TABLE not_there ADD COLUMN more text",
  "UPDATE big SET name = 'z'",
  "DELETE FROM big",
  "INSERT INTO small SELECT * FROM big",
  "PRAGMA integrity_check",
  "PRAGMA optimize",
  "COMMIT",
];
const quickOnSmallTable = [
  "CREATE INDEX ix ON small (name)",
  'DROP TABLE IF EXISTS "small"',
  "ALTER TABLE small RENAME TO tiny",
];
const slowInAny = [
  "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n",
  "INSERT INTO t SELECT 1 FROM a, b, c",
  "INSERT INTO t SELECT value FROM generate_series(1, 1000000000)",
];

/** A database of a few megabytes. */
function large(): Database.Database {
  const database = new Database(":memory:");
  database.exec("CREATE TABLE big (id integer, name text); CREATE TABLE small (id, name)");
  const row = database.prepare("INSERT INTO big VALUES (?, ?)");
  database.exec("BEGIN");
  for (let n = 0; n < 5000; n++) row.run(n, "some text ".repeat(40));
  database.exec("COMMIT");
  return database;
}

test("mayTakeLong() judges by the statement and by the size of the database", () => {
  const inLarge = new SlowStatements(large(), new PreparedStatements());
  const inSmall = new SlowStatements(new Database(":memory:"), new PreparedStatements());
  const may = (it: SlowStatements) => (sql: string) => it.mayTakeLong({ sql }, firstKeyword(sql));
  expect([...quickInAny, ...quickOnSmallTable].filter(may(inLarge))).toEqual([]);
  expect([...slowInLarge, ...slowInAny].filter((it) => !may(inLarge)(it))).toEqual([]);
  expect([...quickInAny, ...slowInLarge, ...quickOnSmallTable].filter(may(inSmall))).toEqual([]);
  expect(slowInAny.filter((it) => !may(inSmall)(it))).toEqual([]);
});

test("mayTakeLong() is false for indexes on a new table, until something else has run", () => {
  const slow = new SlowStatements(large(), new PreparedStatements());
  const may = (sql: string) => slow.mayTakeLong({ sql }, firstKeyword(sql));
  const index = "CREATE INDEX ix ON copied (name)";
  expect(may(index)).toBe(true); // a table that cannot be read counts as large
  expect(may("CREATE TABLE copied (id integer, name text)")).toBe(false);
  expect([may("CREATE UNIQUE INDEX one ON copied (id)"), may(index)]).toEqual([false, false]);
  expect(may("INSERT INTO copied SELECT * FROM big")).toBe(true);
  expect(may(index)).toBe(true);
});

test("mayTakeLong() is false for a row that is found by its key, which ends nothing", () => {
  const slow = new SlowStatements(large(), new PreparedStatements());
  const keyed = { sql: "UPDATE big SET name = 'x' WHERE id = 1", keyed: true } as const;
  expect(slow.mayTakeLong(keyed, "UPDATE")).toBe(false);
  expect(slow.mayTakeLong({ sql: "CREATE TABLE copied (id integer)" }, "CREATE")).toBe(false);
  expect(slow.mayTakeLong(keyed, "UPDATE")).toBe(false);
  expect(slow.mayTakeLong({ sql: "CREATE INDEX ix ON copied (id)" }, "CREATE")).toBe(false);
});

test("mayTakeLong() learns from statements that differ only in their values", () => {
  const slow = new SlowStatements(large(), new PreparedStatements());
  const update = (n: number) => ({ sql: `UPDATE big SET name = 'it''s ${n}' WHERE id = ${n}` });
  for (let n = 0; n < 3; n++) {
    expect(slow.mayTakeLong(update(n), "UPDATE")).toBe(true);
    slow.took(0.2, update(n).sql);
  }
  expect(slow.mayTakeLong(update(3), "UPDATE")).toBe(false);
  const other = { sql: "UPDATE big SET name = 'x' WHERE name = 3" };
  expect(slow.mayTakeLong(other, "UPDATE")).toBe(true);
  slow.took(80, update(4).sql);
  expect(slow.mayTakeLong(update(5), "UPDATE")).toBe(true);
});

import { expect, test } from "bun:test";
import { belongings } from "../../../lib/dialect/postgres/compile/belongings.ts";
import { neededPrivileges } from "../../../lib/dialect/postgres/needed_privileges.ts";

const cases: readonly (readonly [string, string])[] = [
  ["CREATE TABLE t (id integer)", "create t"],
  ['create unlogged table if not exists "My"."t""x" (id integer)', 'create "My"."t""x"'],
  ["CREATE TABLE a.t AS SELECT 1", "create a.t"],
  ["CREATE TEMP TABLE t (id integer)", "opaque"],
  ["create or replace local temporary view v as select 1", "opaque"],
  ["CREATE OR REPLACE FUNCTION app.f(a integer) RETURNS integer AS 'x'", "create app.f"],
  ["CREATE MATERIALIZED VIEW IF NOT EXISTS v AS SELECT 1", "create v"],
  ["CREATE TYPE mood AS ENUM ('ok')", "create mood"],
  [
    "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS ix ON ONLY a.t (x)",
    "own a.t, createBeside a.t",
  ],
  ["CREATE INDEX ON t (x)", "own t, createBeside t"],
  ["ALTER TABLE IF EXISTS ONLY t ADD COLUMN x integer", "own t"],
  ["ALTER TABLE t OWNER TO ann", "opaque"],
  ["ALTER SEQUENCE s RESTART", "own s"],
  ["COMMENT ON TABLE t IS 'x'", "own t"],
  ["DROP TABLE IF EXISTS t CASCADE", "drop t"],
  ["DROP INDEX CONCURRENTLY ix", "drop ix"],
  ["INSERT INTO t VALUES (1)", ""],
  ["CREATE TABLE a.b.c (id integer)", ""],
  ["GRANT ann TO bob", "opaque"],
  ["SET ROLE ann", "opaque"],
  ["DO $$ BEGIN END $$", "opaque"],
  ["CREATE SCHEMA app", "opaque"],
];

test("neededPrivileges() of the statements that carry over comments and privileges is empty", () => {
  const kept = belongings({ kind: "constraint", name: "c", on: { name: "t" } });
  const all = [kept?.note, kept?.putBack, kept?.forget].map((it) =>
    neededPrivileges(it?.sql ?? "DO")
  );
  expect(all).toEqual([[], [], []]);
});

for (const [sql, needed] of cases) {
  test(`neededPrivileges() of ${sql}`, () => {
    const found = neededPrivileges(sql);
    expect(found === "opaque" ? found : found.map((it) => `${it.kind} ${it.name}`).join(", ")).toBe(
      needed,
    );
  });
}

import { expect, test } from "bun:test";
import { postgres } from "../../lib/dialect/postgres/dialect.ts";
import { sqlite } from "../../lib/dialect/sqlite/dialect.ts";
import { versionRowsAt } from "../../lib/migrate/execute/version_rows.ts";
import { makePlan } from "../../lib/plan/make_plan.ts";
import { upgradeRoute } from "../../lib/revision/route.ts";
import { connect } from "../driver/connect.ts";
import { mapOf } from "../revision/graphs.ts";

const work: Readonly<Record<string, readonly string[]>> = {
  a: ["CREATE TABLE a (id integer)"],
  b: ["CREATE TABLE b (id integer)", "CREATE INDEX ix_b ON b (id)"],
  c: ["CREATE VIEW c AS SELECT version_num FROM alembic_version"],
  d: ["CREATE TABLE d (id integer)", "INSERT INTO d SELECT count(*) FROM alembic_version"],
  e: ["CREATE UNIQUE INDEX ix_e ON d (id)"],
  f: ["CREATE TABLE f AS SELECT version_num FROM alembic_version"],
  g: [],
};
const map = mapOf(`
  a
  b <- a
  c <- b
  d <- c
  e <- d
  f <- e
  g <- f
`);
const { segments } = makePlan({
  map,
  rows: [],
  moves: upgradeRoute(map, [], { kind: "heads" }),
  contentOf: (move) => ({
    work: (work[move.direction === "stamp" ? "" : move.revision.id] ?? [])
      .map((sql) => ({ kind: "statement", statement: { sql } })),
    transactional: true,
  }),
  boundaries: "run",
});
const steps = segments.flatMap((it) => it.steps);

const versionTable = { name: "alembic_version" };

test("on SQLite, the version rows are written before a step that could read them, and at the end", async () => {
  await using connection = await connect("sqlite://");
  expect(await versionRowsAt(steps, connection, { dialect: sqlite, versionTable })).toEqual([
    [],
    [],
    [{ kind: "insert", id: "c" }],
    [],
    [{ kind: "replace", from: "c", to: "e" }],
    [],
    [{ kind: "replace", from: "e", to: "g" }],
  ]);
});

test("on PostgreSQL and where something watches, each step's version rows are written", async () => {
  await using connection = await connect("sqlite://");
  const each = steps.map((it) => it.changes);
  expect(each).not.toContainEqual([]);
  expect(await versionRowsAt(steps, connection, { dialect: postgres, versionTable })).toEqual(each);
  const hooks = { dialect: sqlite, versionTable, hooks: {} };
  expect(await versionRowsAt(steps, connection, hooks)).toEqual(each);
  await connection.query({ sql: "CREATE TABLE Alembic_Version (version_num)" });
  const trigger = "TRIGGER g AFTER UPDATE ON alembic_version BEGIN SELECT 1; END";
  for (const create of ["CREATE", "CREATE TEMP"]) {
    await connection.query({ sql: `${create} ${trigger}` });
    expect(await versionRowsAt(steps, connection, { dialect: sqlite, versionTable })).toEqual(each);
    await connection.query({ sql: "DROP TRIGGER g" });
  }
});

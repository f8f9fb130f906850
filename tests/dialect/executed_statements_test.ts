import { expect, test } from "bun:test";
import { executedStatements } from "../../lib/dialect/executed_statements.ts";

const split = (sql: string) => executedStatements({ sql }, "postgres").map((it) => it.sql);

test("executedStatements() strips leading comments and semicolons from each statement", () => {
  expect(split("\n  COMMIT\n")).toEqual(["COMMIT"]);
  expect(split("-- now\n/* then */ VACUUM t;")).toEqual(["VACUUM t"]);
  expect(split("; SELECT 1;")).toEqual(["SELECT 1"]);
  expect(split("DROP TABLE t;")).toEqual(["DROP TABLE t"]);
  expect(split("CREATE TABLE a (); -- one\nCREATE TABLE b ();"))
    .toEqual(["CREATE TABLE a ()", "CREATE TABLE b ()"]);
});

test("executedStatements() keeps the values of a single statement, and refuses them for several", () => {
  const parameters = [1];
  expect(executedStatements({ sql: "\n  SELECT $1", parameters }, "sqlite"))
    .toEqual([{ sql: "SELECT $1", parameters }]);
  const several = { sql: "SELECT $1; SELECT 2", parameters };
  expect(() => executedStatements(several, "sqlite"))
    .toThrow("Cannot run several statements with values at once");
});

test("executedStatements() refuses a COPY with data", () => {
  expect(() => split("CREATE TABLE t (a text);\nCOPY t FROM STDIN;\nx\n\\.\nSELECT 1;"))
    .toThrow("Cannot run a COPY to or from the client here");
});

test("executedStatements() passes on unchanged what it cannot split", () => {
  for (const sql of ["", "\n-- nothing\n", "\n  SELECT 'never ends", "\n\\dt"]) {
    expect(split(sql)).toEqual([sql]);
  }
});

import { expect, test } from "bun:test";
import { executedStatements } from "../../lib/dialect/executed_statements.ts";

const split = (sql: string) => executedStatements({ sql }, "postgres").map((it) => it.sql);

test("each statement begins at its first word and has no semicolon, also where it is only one", () => {
  expect(split("\n  COMMIT\n")).toEqual(["COMMIT"]);
  expect(split("-- now\n/* then */ VACUUM t;")).toEqual(["VACUUM t"]);
  expect(split("; SELECT 1;")).toEqual(["SELECT 1"]);
  expect(split("DROP TABLE t;")).toEqual(["DROP TABLE t"]);
  expect(split("CREATE TABLE a (); -- one\nCREATE TABLE b ();"))
    .toEqual(["CREATE TABLE a ()", "CREATE TABLE b ()"]);
});

test("values stay with the one statement that they are for", () => {
  const parameters = [1];
  expect(executedStatements({ sql: "\n  SELECT $1", parameters }, "sqlite"))
    .toEqual([{ sql: "SELECT $1", parameters }]);
  const several = { sql: "SELECT $1; SELECT 2", parameters };
  expect(() => executedStatements(several, "sqlite"))
    .toThrow("Cannot run several statements with values at once");
});

test("the data of a COPY is refused, with where it can stand", () => {
  expect(() => split("CREATE TABLE t (a text);\nCOPY t FROM STDIN;\nx\n\\.\nSELECT 1;"))
    .toThrow("Cannot run a COPY to or from the client here");
});

test("what is no statement, or falls into none, is left for the database to judge", () => {
  for (const sql of ["", "\n-- nothing\n", "\n  SELECT 'never ends", "\n\\dt"]) {
    expect(split(sql)).toEqual([sql]);
  }
});

import { expect, test } from "bun:test";
import { onlyDefines } from "../../lib/sql/only_defines.ts";

test("onlyDefines() knows what is stored as text from what reads or writes rows", () => {
  const defining = [
    "CREATE TABLE a (id integer)",
    "create table if not exists main . \"a(b\" (id integer DEFAULT ('AS'))",
    "CREATE TEMP TABLE [a b](id integer)",
    "CREATE TABLE größe (id integer)",
    "CREATE VIEW v AS SELECT * FROM a",
    "CREATE TEMPORARY TRIGGER g AFTER INSERT ON a BEGIN DELETE FROM a; END",
  ];
  const others = [
    "CREATE TABLE a AS SELECT 1",
    'CREATE TABLE "a(b" AS SELECT 1',
    "CREATE TABLE [a(b] AS SELECT (1)",
    "CREATE TABLE main.a AS SELECT (1)",
    "CREATE VIRTUAL TABLE a USING fts5(b)",
    "CREATE INDEX i ON a (id)",
    "INSERT INTO a VALUES (1)",
    "-- CREATE TABLE a (id integer)\nINSERT INTO a VALUES (1)",
    "DROP VIEW v",
    "",
  ];
  expect(defining.filter((it) => !onlyDefines(it))).toEqual([]);
  expect(others.filter(onlyDefines)).toEqual([]);
});

import { expect, test } from "bun:test";
import { scriptStatement } from "../../lib/sql/script_statement.ts";

const cases = [
  ["INSERT INTO t VALUES ('a\r\nb')", "INSERT INTO t VALUES (replace('a\\r\nb', '\\r', char(13)))"],
  ["INSERT INTO t VALUES ('a\r\n')", "INSERT INTO t VALUES (replace('a\\r\n', '\\r', char(13)))"],
  [
    "INSERT INTO t VALUES ('\\r\\r1\\\r\n')",
    "INSERT INTO t VALUES (replace('\\r\\r1\\\\r2\n', '\\r2', char(13)))",
  ],
  ["INSERT INTO t VALUES ('a\rb\n')", "INSERT INTO t VALUES ('a\rb\n')"],
  [
    "-- it's\r\n/* 'so */ update t set \"a'\r\n\" = 'it''s\r\n'",
    "-- it's\r\n/* 'so */ update t set \"a'\r\n\" = replace('it''s\\r\n', '\\r', char(13))",
  ],
  [
    "INSERT INTO [a'b] (`c'd`)\r\nVALUES ('\r\n')",
    "INSERT INTO [a'b] (`c'd`)\r\nVALUES (replace('\\r\n', '\\r', char(13)))",
  ],
  ["CREATE TABLE t (a DEFAULT 'a\r\nb')", "CREATE TABLE t (a DEFAULT 'a\r\nb')"],
] as const;

test.each(cases)("scriptStatement() keeps carriage returns: %j", (sql, written) => {
  expect(scriptStatement({ sql }, "sqlite")).toBe(`${written};\n\n`);
});

test("scriptStatement() takes a string of any length", () => {
  const long = "it''s a line\n".repeat(500_000);
  expect(scriptStatement({ sql: `INSERT INTO t VALUES ('${long}', 'a\r\nb')` }, "sqlite"))
    .toBe(`INSERT INTO t VALUES ('${long}', replace('a\\r\nb', '\\r', char(13)));\n\n`);
});

test("scriptStatement() writes carriage returns in values literally for psql only", () => {
  expect(scriptStatement({ sql: "SELECT $1", parameters: ["a\r\nb"] }, "postgres"))
    .toBe("SELECT 'a\r\nb';\n\n");
  expect(scriptStatement({ sql: "UPDATE t SET a = $1", parameters: ["a\r\nb"] }, "sqlite"))
    .toBe("UPDATE t SET a = replace('a\\r\nb', '\\r', char(13));\n\n");
});

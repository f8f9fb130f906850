import { expect, test } from "bun:test";
import { loadModule, parseSync } from "libpg-query";
import Database from "libsql";
import { quoteIdentifier, quoteLiteral, quoteName, readIdentifier } from "../../lib/sql/quote.ts";
import { toolErrorOf } from "../script/tool_error_of.ts";
import { reservedWords } from "../../lib/sql/reserved_words.ts";
import type { Value } from "../../lib/sql/statement.ts";

await loadModule();

test("quoteIdentifier() quotes only what needs it", () => {
  const said = [
    "users",
    "_a1",
    "Users",
    "userName",
    "a b",
    'say "hi"',
    "1a",
    "é",
    "a-b",
    "a$",
    "order",
    "insert",
  ];
  expect(said.map(quoteIdentifier).join(" ")).toBe(
    'users _a1 "Users" "userName" "a b" "say ""hi""" "1a" "é" "a-b" "a$" "order" "insert"',
  );
  expect(quoteName({ schema: "My", name: "t" })).toBe('"My".t');
  expect(quoteName({ name: "user" })).toBe('"user"');
});

test("quoteIdentifier() and quoteLiteral() refuse empty names and NUL characters", () => {
  expect(() => quoteIdentifier("")).toThrow("Cannot use an empty name");
  expect(() => quoteIdentifier("a\0")).toThrow("holds a NUL character");
  expect(() => quoteLiteral("a\0", "postgres")).toThrow("holds a NUL character");
});

test("quoteIdentifier() writes names that both databases read unchanged", () => {
  const names = [...reservedWords, "abort", "action", "key", "rowid", "name", "value", "glob"];
  for (const name of [...names, "A", 'a"b', "a;b", "a'b", "[a]", "`a`", "é😀", " "]) {
    const quoted = quoteIdentifier(name);
    expect(readIdentifier(quoted)).toBe(name);
    const sql = `create table ${quoted} (${quoted} integer, check (${quoted} > 0))`;
    expect(JSON.stringify(parseSync(sql))).toContain(`"colname":${JSON.stringify(name)}`);
    const database = new Database(":memory:");
    database.exec(sql);
    expect(database.prepare(`select ${quoted} from ${quoted}`).columns().map((it) => it.name))
      .toEqual([name]);
  }
});

test("quoteLiteral() writes each value in the syntax of each database", () => {
  const values: readonly Value[] = [
    null,
    true,
    false,
    5,
    -1.5,
    1e21,
    9007199254740993n,
    "it's \\;",
    "",
  ];
  const bytes = new Uint8Array([0, 1, 255]);
  const odd = [NaN, Infinity, -Infinity];
  expect([...values, bytes, ...odd].map((it) => quoteLiteral(it, "postgres"))).toEqual([
    ...["NULL", "TRUE", "FALSE", "5", "-1.5", "1e+21", "9007199254740993", "'it''s \\;'", "''"],
    ...["'\\x0001ff'::bytea", "'NaN'::float8", "'Infinity'::float8", "'-Infinity'::float8"],
  ]);
  expect([...values, bytes, ...odd].map((it) => quoteLiteral(it, "sqlite"))).toEqual([
    ...["NULL", "1", "0", "5", "-1.5", "1e+21", "9007199254740993", "'it''s \\;'", "''"],
    ...["X'0001ff'", "NULL", "9e999", "-9e999"],
  ]);
});

test("quoteLiteral() writes integers that SQLite can hold, and refuses larger ones", async () => {
  const [least, most] = [-(2n ** 63n), 2n ** 63n - 1n];
  const database = new Database(":memory:").defaultSafeIntegers(true);
  for (const value of [least, most]) {
    const sql = `select ${quoteLiteral(value, "sqlite")} as it`;
    expect(database.prepare(sql).raw().get()).toEqual([value]);
  }
  for (const value of [least - 1n, most + 1n]) {
    const error = await toolErrorOf(() => quoteLiteral(value, "sqlite"));
    expect([error.code, error.message]).toEqual([
      "operation/invalid",
      `Cannot store ${value} as an integer: those of SQLite have 64 bits`,
    ]);
    expect(error.facts.hint).toContain("String(…)");
    expect(quoteLiteral(value, "postgres")).toBe(String(value));
  }
});

test("quoteLiteral() writes values that SQLite reads unchanged", () => {
  const database = new Database(":memory:");
  for (const value of [5, -1.5, 1e21, 5e-324, "it's", "", "\n\\", Infinity, -Infinity, null]) {
    const read = database.prepare(`select ${quoteLiteral(value, "sqlite")} as it`).raw().get();
    expect(read).toEqual([value]);
  }
});

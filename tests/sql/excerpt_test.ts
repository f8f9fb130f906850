import { expect, test } from "bun:test";
import { excerpt } from "../../lib/sql/excerpt.ts";

const script = ["CREATE TABLE t (", "  a int,", "  b int,", "  c itn,", "  d int", ")"].join("\n");

const excerpts: readonly (readonly [string, string, number | undefined, readonly string[]])[] = [
  ["puts a caret under the position", "SELECT nmae", 8, ["  SELECT nmae", "         ^"]],
  ["can point at the beginning", "SELCT 1", 1, ["  SELCT 1", "  ^"]],
  ["can point past the end", "SELECT", 7, ["  SELECT", "        ^"]],
  ["shows two lines before, and none after", script, script.indexOf("itn") + 1, [
    "    a int,",
    "    b int,",
    "    c itn,",
    "      ^",
  ]],
  ["counts a tab as one character, as the server does", "\t\tSELCT", 3, ["    SELCT", "    ^"]],
  ["shows lines that end in CR LF", "SELECT 1,\r\n  x\r\n", 14, ["  SELECT 1,", "    x", "    ^"]],
  ["shows the first lines if there is no position", script, undefined, [
    "  CREATE TABLE t (",
    "    a int,",
    "    b int,",
    "    c itn,",
    "  …",
  ]],
  ["leaves out surrounding empty lines", "\n \n  SELECT 1\n  ", undefined, ["    SELECT 1"]],
];

for (const [name, sql, position, lines] of excerpts) {
  test(`excerpt() ${name}`, () => {
    expect(excerpt(sql, position).split("\n")).toEqual([...lines]);
  });
}

test("excerpt() keeps the caret under its position in a line that is too long to show", () => {
  for (const length of [0, 50, 99, 100, 101, 300, 5000]) {
    const sql = `${"x".repeat(length)}HERE${"y".repeat(500)}`;
    const [line = "", caret = ""] = excerpt(sql, length + 1).split("\n");
    expect({ length, seen: line.slice(caret.indexOf("^")).slice(0, 4) }).toEqual({
      length,
      seen: "HERE",
    });
    expect(line.length).toBeLessThanOrEqual(122);
  }
});

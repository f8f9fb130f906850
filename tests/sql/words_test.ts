import { expect, test } from "bun:test";
import { renameWord, wordsIn } from "../../lib/sql/words.ts";

test("wordsIn() finds names that are keywords only in quotes", () => {
  expect([...wordsIn(`SELECT id FROM "select" WHERE "From" > 1`)]).toEqual([
    "id",
    "select",
    "From",
  ]);
});

test("wordsIn() finds words and names next to dollar quotes, and those that contain a dollar", () => {
  const sql = `AS $f_1$SELECT a$1, "B c" FROM t$1$f_1$, $$u$$`;
  expect([...wordsIn(sql)])
    .toEqual(["a$1", "B c", "t$1", "u"]);
});

test("wordsIn() skips comments, even with quotes in them, and quotes escaped by a backslash", () => {
  const words = (sql: string) => [...wordsIn(sql)].filter((it) => it === it.toLowerCase());
  expect(words("$$ -- don't\nSELECT a FROM t -- isn't it\n$$")).toEqual([
    "a",
    "t",
  ]);
  expect(words("SELECT /* it's */ a FROM t /* isn't it */")).toEqual(["a", "t"]);
  expect(words(String.raw`SELECT E'it\'s' || a FROM t WHERE b = e'\\'`))
    .toEqual(["a", "t", "b"]);
  expect(words("SELECT '--', a")).toEqual(["a"]);
});

test("renameWord() renames an unquoted name with capitals, as in SQLite", () => {
  expect(renameWord("SELECT userAge, USERAGE", "userAge", "years")).toBe("SELECT years, USERAGE");
  expect(renameWord("SELECT Age, AGE", "age", "years")).toBe("SELECT years, years");
});

test("renameWord() leaves keywords alone that are spelled like the name", () => {
  expect(renameWord('SELECT "from" FROM "select"', "from", "a")).toBe('SELECT a FROM "select"');
  expect(renameWord('select "from" from "select"', "select", "t")).toBe('select "from" from t');
  expect(renameWord("SELECT index FROM t", "index", "a")).toBe("SELECT a FROM t");
});

test("renameWord() takes an unquoted END for a keyword", () => {
  expect(renameWord(`SELECT CASE WHEN "end" THEN 1 END FROM t`, "end", "stop"))
    .toBe("SELECT CASE WHEN stop THEN 1 END FROM t");
});

test("renameWord() renames the first and the last word of a dollar-quoted string", () => {
  expect(renameWord("$$t JOIN u, t$$, t$1", "t", "new")).toBe("$$new JOIN u, new$$, t$1");
});

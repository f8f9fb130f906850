import { expect, test } from "bun:test";
import { renameWord, wordsIn } from "../../lib/sql/words.ts";

test("wordsIn() finds words and names beside the dollars of a string, and those that hold a dollar", () => {
  const sql = `AS $f_1$SELECT a$1, "B c" FROM t$1$f_1$, $$u$$`;
  expect([...wordsIn(sql)])
    .toEqual(["as", "AS", "select", "SELECT", "a$1", "B c", "from", "FROM", "t$1", "u"]);
});

test("wordsIn() passes over comments, in which a quote begins no string, and over quotes that a backslash escapes", () => {
  const words = (sql: string) => [...wordsIn(sql)].filter((it) => it === it.toLowerCase());
  expect(words("$$ -- don't\nSELECT a FROM t -- isn't it\n$$")).toEqual([
    "select",
    "a",
    "from",
    "t",
  ]);
  expect(words("SELECT /* it's */ a FROM t /* isn't it */")).toEqual(["select", "a", "from", "t"]);
  expect(words(String.raw`SELECT E'it\'s' || a FROM t WHERE b = e'\\'`))
    .toEqual(["select", "a", "from", "t", "where", "b"]);
  expect(words("SELECT '--', a")).toEqual(["select", "a"]);
});

test("renameWord() finds a name with capitals that is not quoted, as SQLite takes it", () => {
  expect(renameWord("SELECT userAge, USERAGE", "userAge", "years")).toBe("SELECT years, USERAGE");
  expect(renameWord("SELECT Age, AGE", "age", "years")).toBe("SELECT years, years");
});

test("renameWord() renames what a string in dollars begins or ends with", () => {
  expect(renameWord("$$t JOIN u, t$$, t$1", "t", "new")).toBe("$$new JOIN u, new$$, t$1");
});

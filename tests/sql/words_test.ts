import { expect, test } from "bun:test";
import { renameWord, wordsIn } from "../../lib/sql/words.ts";

test("wordsIn() finds words and names beside the dollars of a string, and those that hold a dollar", () => {
  const sql = `AS $f_1$SELECT a$1, "B c" FROM t$1$f_1$ -- $$u$$`;
  expect([...wordsIn(sql)]).toEqual(["as", "select", "a$1", "B c", "from", "t$1", "u"]);
});

test("renameWord() renames what a string in dollars begins or ends with", () => {
  expect(renameWord("$$t JOIN u, t$$, t$1", "t", "new")).toBe("$$new JOIN u, new$$, t$1");
});

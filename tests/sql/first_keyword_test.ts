import { expect, test } from "bun:test";
import { firstKeyword } from "../../lib/sql/first_keyword.ts";

test("firstKeyword() skips white space, comments and empty statements", () => {
  expect(firstKeyword("select 1")).toBe("SELECT");
  expect(firstKeyword("\n ; -- update\n/* de * / lete */ /**/Insert INTO t")).toBe("INSERT");
  expect(firstKeyword("-- only a comment")).toBe("");
  expect(firstKeyword("/* never ends")).toBe("");
});

test("firstKeyword() of a long text without keywords is empty", () => {
  const space = " \n".repeat(1000) + "/* a */".repeat(1000) + "-- b\n".repeat(1000);
  expect(firstKeyword(`${space}(SELECT 1)`)).toBe("");
  expect(firstKeyword(`${space}/* never ends`)).toBe("");
});

import { expect, test } from "bun:test";
import { plainColumns, selectList } from "../../lib/sql/select_list.ts";

const lists: readonly [sql: string, columns: readonly string[]][] = [
  ["SELECT a, b AS c FROM t", ["a", "b AS c"]],
  ["SELECT DISTINCT ON (a, b) a, max(b, c) FROM t", ["a", "max(b, c)"]],
  ["SELECT ARRAY[a, ARRAY[b, c]] AS l, d FROM t", ["ARRAY[a, ARRAY[b, c]] AS l", "d"]],
  [String.raw`SELECT E'it\'s, FROM' AS e, "a,b", $$,$$ FROM t`, [
    String.raw`E'it\'s, FROM' AS e`,
    '"a,b"',
    "$$,$$",
  ]],
  ["SELECT a, b /* , c */ FROM t -- , d", ["a", "b /* , c */"]],
  ["SELECT a, (SELECT b FROM u) FROM t", ["a", "(SELECT b FROM u)"]],
];

for (const [sql, columns] of lists) {
  test(`selectList() finds the columns of ${sql}`, () => {
    expect(selectList(sql).map((it) => it.text)).toEqual([...columns]);
  });
}

test("plainColumns() finds no columns among the elements of an array", () => {
  const sql = "SELECT a, ARRAY[a, b, c] AS l FROM t";
  expect(plainColumns(sql).map((it) => it.text)).toEqual(["a"]);
});

test("plainColumns() takes names apart, in quotes or not", () => {
  const sql = `SELECT a, s."b c" AS "d.e", "S.T"."u""v", f(a), a + 1, 'x' AS y, über FROM t`;
  expect(plainColumns(sql).map(({ qualifier, name, alias }) => [qualifier, name, alias])).toEqual([
    ["", "a", undefined],
    ["s.", `"b c"`, `"d.e"`],
    [`"S.T".`, `"u""v"`, undefined],
    ["", "über", undefined],
  ]);
});

import { expect, test } from "bun:test";
import { shownQuery } from "../../lib/migrate/lock/shown_query.ts";

const shown: readonly (readonly [query: string, shown: string])[] = [
  ["SELECT  1,\n  'it''s' ", "SELECT 1, '…'"],
  ["SELECT 1, 'cut of", "SELECT 1, '…'"],
  ["SELECT $a$it's$b$ $a$, $$x$$, 2", "SELECT '…', '…', 2"],
  ["DO $$ cut 'of", "DO '…'"],
  [String.raw`SELECT e'it\'s', E'a\\', 'cut \' of`, "SELECT '…', '…', '…' of"],
  ["SELECT -- don't\n /* it's */ 'it', \"it's\", 'it'", `SELECT '…', "it's", '…'`],
  ["x".repeat(120), "x".repeat(120)],
  ["x".repeat(121), `${"x".repeat(119)}…`],
];

for (const [query, text] of shown) {
  test(`shownQuery() of ${query.slice(0, 25)}`, () => {
    expect(shownQuery(query)).toBe(text);
  });
}

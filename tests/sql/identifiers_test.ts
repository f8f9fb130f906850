import { expect, test } from "bun:test";
import { identifiersIn, renameIdentifier } from "../../lib/sql/identifiers.ts";

test("identifiersIn() finds columns, but not functions, types, qualifiers, keywords or strings", () => {
  const expression = {
    sql: `length(users.email) > 3 AND "Full Name"::text <> 'age' OR AGE < 10e2`,
  };
  expect([...identifiersIn(expression)])
    .toEqual(["email", "Full Name", "age", "AGE"]);
});

test("identifiersIn() tells the END of a CASE from a column", () => {
  const names = (sql: string) => [...identifiersIn({ sql })];
  expect(names("CASE WHEN a THEN CASE b WHEN 1 THEN 2 END END > end")).toEqual(["a", "b", "end"]);
  expect(names(`CASE "end" WHEN 1 THEN 2 END`)).toEqual(["end"]);
  expect(names("CASE (a) WHEN 1 THEN 2 END")).toEqual(["a"]);
});

const renamings: readonly [expression: string, from: string, to: string, renamed: string][] = [
  ["age > 0", "age", "years", "years > 0"],
  ["AGE > 0 AND old_age > age", "age", "years", "years > 0 AND old_age > years"],
  ["userAge > 0", "userAge", "years", "years > 0"],
  ["age > 0 /* its */ AND a > 0 -- age", "age", "years", "years > 0 /* its */ AND a > 0 -- age"],
  ["users.age > 0", "age", "years", "users.years > 0"],
  [`"age" > 0`, "age", "Years", `"Years" > 0`],
  ["age(born) > 'age'", "age", "years", "age(born) > 'age'"],
  ["born::date < date", "date", "day", "born::date < day"],
  [
    String.raw`age < 9 OR e = E'it\'s' AND age > 0 OR f = 'age'`,
    "age",
    "years",
    String.raw`years < 9 OR e = E'it\'s' AND years > 0 OR f = 'age'`,
  ],
  [`"not" > 0 AND NOT "and" > 1`, "not", "so", `so > 0 AND NOT "and" > 1`],
  [`"not" > 0 AND NOT "and" > 1`, "and", "so", `"not" > 0 AND NOT so > 1`],
  ["lower(name) = 'it''s name'", "name", "order", `lower("order") = 'it''s name'`],
];

for (const [expression, from, to, renamed] of renamings) {
  test(`renameIdentifier() turns ${expression} into ${renamed}`, () => {
    expect(renameIdentifier({ sql: expression }, from, to)).toEqual({ sql: renamed });
  });
}

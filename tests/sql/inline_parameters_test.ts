import { expect, test } from "bun:test";
import { inlineParameters } from "../../lib/sql/inline_parameters.ts";
import { sql } from "../../lib/sql/template.ts";

test("values become literals in their places", () => {
  const statement = sql`INSERT INTO t VALUES (${1}, ${"it's"}, ${null}, ${true}, ${new Uint8Array([
    255,
  ])})`;
  expect(inlineParameters(statement, "postgres"))
    .toBe(`INSERT INTO t VALUES (1, 'it''s', NULL, TRUE, '\\xff'::bytea)`);
  expect(inlineParameters(statement, "sqlite"))
    .toBe(`INSERT INTO t VALUES (1, 'it''s', NULL, 1, X'ff')`);
});

test("what looks like a parameter in a string, a name, a comment or a dollar quote is none", () => {
  const text = `SELECT '$1', "$1", E'\\'$1', $$ $1 $$, $a$ $1 $$ $1 $a$, $1 -- $1\n/* $1 */`;
  expect(inlineParameters({ sql: text, parameters: ["x$1"] }, "postgres"))
    .toBe(`SELECT '$1', "$1", E'\\'$1', $$ $1 $$, $a$ $1 $$ $1 $a$, 'x$1' -- $1\n/* $1 */`);
});

test("a statement without values is left alone", () => {
  expect(inlineParameters({ sql: "SELECT $1" }, "postgres")).toBe("SELECT $1");
});

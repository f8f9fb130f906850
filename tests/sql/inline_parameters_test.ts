import { expect, test } from "bun:test";
import { inlineParameters } from "../../lib/sql/inline_parameters.ts";
import { sql } from "../../lib/sql/template.ts";

test("inlineParameters() replaces parameters by literals", () => {
  const statement = sql`INSERT INTO t VALUES (${1}, ${"it's"}, ${null}, ${true}, ${new Uint8Array([
    255,
  ])})`;
  expect(inlineParameters(statement, "postgres"))
    .toBe(`INSERT INTO t VALUES (1, 'it''s', NULL, TRUE, '\\xff'::bytea)`);
  expect(inlineParameters(statement, "sqlite"))
    .toBe(`INSERT INTO t VALUES (1, 'it''s', NULL, 1, X'ff')`);
});

test("inlineParameters() ignores $1 in a string, a name, a comment or a dollar quote", () => {
  const text = `SELECT '$1', "$1", E'\\'$1', $$ $1 $$, $a$ $1 $$ $1 $a$, $1 -- $1\n/* $1 */`;
  expect(inlineParameters({ sql: text, parameters: ["x$1"] }, "postgres"))
    .toBe(`SELECT '$1', "$1", E'\\'$1', $$ $1 $$, $a$ $1 $$ $1 $a$, 'x$1' -- $1\n/* $1 */`);
});

test("inlineParameters() ignores $1 in a string of any length", () => {
  for (const quote of ["'", "E'", '"', "$$"]) {
    const text = `${quote}${"long ".repeat(1_000_000)}$1${quote.replace("E", "")}`;
    expect(inlineParameters({ sql: `SELECT ${text}, $1`, parameters: [7] }, "postgres"))
      .toBe(`SELECT ${text}, 7`);
  }
});

test("inlineParameters() leaves a statement without values alone", () => {
  expect(inlineParameters({ sql: "SELECT $1" }, "postgres")).toBe("SELECT $1");
});

test("inlineParameters() keeps a negative number one value, whatever surrounds it", () => {
  const statement = sql`SELECT a -${-5}, ${-32768}::smallint, ${-7n}, ${2}, ${-Infinity}`;
  expect(inlineParameters(statement, "postgres"))
    .toBe("SELECT a -(-5), (-32768)::smallint, (-7), 2, '-Infinity'::float8");
  expect(inlineParameters(sql`SELECT a -${-Infinity}`, "sqlite")).toBe("SELECT a -(-9e999)");
});

test("inlineParameters() ignores $1 at the end of a word", () => {
  expect(
    inlineParameters({ sql: "SELECT a$1, é$1 FROM t WHERE E$1=$1", parameters: [3] }, "postgres"),
  )
    .toBe("SELECT a$1, é$1 FROM t WHERE E$1=3");
});

import { expect, test } from "bun:test";
import { splitText } from "../../lib/sql/splitter/split_text.ts";
import { sqlTokens } from "../../lib/sql/sql_tokens.ts";
import type { Token } from "../../lib/sql/token.ts";

const grammars = ["postgres", "sqlite"] as const;
type Grammar = typeof grammars[number];

function tokens(source: string, grammar: Grammar): readonly Token[] {
  return sqlTokens(splitText(source, grammar), grammar);
}

function said(source: string, grammar: Grammar): readonly string[] {
  return tokens(source, grammar).map((it) => it.text);
}

const cases: readonly {
  readonly one: string;
  readonly other: string;
  readonly same: readonly Grammar[];
  /** Those in which a string never ends, in either text. */
  readonly endless?: readonly Grammar[];
}[] = [
  { one: "SELECT a+b;", other: "-- x\nSELECT /* y */ a + b\r\n;", same: grammars },
  { one: "SELECT 1; SELECT 2;", other: "SELECT 1;\n\n\nSELECT 2; -- end", same: grammars },
  { one: "CREATE TABLE t(a int);", other: "CREATE TABLE t (\n  a int -- key\n);", same: grammars },
  { one: "SELECT 'a  b';", other: "SELECT 'a b';", same: [] },
  { one: "SELECT '-- a';", other: "SELECT '-- b';", same: [] },
  { one: "SELECT '/* a */';", other: "SELECT '/* b */';", same: [] },
  { one: 'SELECT "a  b";', other: 'SELECT "a b";', same: [] },
  { one: 'SELECT "a" "b";', other: 'SELECT "a""b";', same: [] },
  { one: "SELECT 'it''s  x';", other: "SELECT 'it''s x';", same: [] },
  { one: "SELECT ab;", other: "SELECT a b;", same: [] },
  { one: "SELECT X'ab';", other: "SELECT X 'ab';", same: [] },
  { one: "SELECT a->>b;", other: "SELECT a ->> b;", same: grammars },
  { one: "SELECT a->>b;", other: "SELECT a -> > b;", same: [] },
  { one: "SELECT a - -b;", other: "SELECT a --b;\n", same: [] },
  { one: "SELECT /* /* a */ */ 1;", other: "SELECT 1;", same: ["postgres"] },
  { one: "SELECT /* a\n */ 1;", other: "SELECT 1;", same: grammars },
  { one: "SELECT $$a  b$$;", other: "SELECT $$a b$$;", same: ["sqlite"] },
  { one: "SELECT $x$ -- a\n$x$;", other: "SELECT $x$ -- b\n$x$;", same: ["sqlite"] },
  { one: "SELECT E'\\' -- a';", other: "SELECT E'\\' -- b';", same: ["sqlite"] },
  {
    one: "SELECT E'a'\n'\\'  b';",
    other: "SELECT E'a'\n'\\' b';",
    same: [],
    endless: ["sqlite"],
  },
  { one: "SELECT a, b;", other: "SELECT a,b;", same: grammars },
  { one: "-- migrate:up\nSELECT 1;", other: "-- migrate:down\nSELECT 1;", same: [] },
  {
    one: "COPY t FROM STDIN;\na  b\n\\.\n",
    other: "COPY t FROM STDIN;\na b\n\\.\n",
    same: ["sqlite"],
  },
  {
    one: "CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1; END;",
    other: "CREATE FUNCTION f() RETURNS int LANGUAGE sql\nBEGIN ATOMIC\n  SELECT 1; -- one\nEND;",
    same: grammars,
  },
];

for (const { one, other, same, endless = [] } of cases) {
  for (const grammar of grammars) {
    const name = (verb: string) =>
      `sqlTokens() of ${grammar}: ${JSON.stringify(one)} ${verb} ${JSON.stringify(other)}`;
    if (endless.includes(grammar)) {
      test(name("has no end, nor has"), () => {
        for (const it of [one, other]) expect(() => said(it, grammar)).toThrow("never ends");
      });
    } else if (same.includes(grammar)) {
      test(name("equals"), () => expect(said(one, grammar)).toEqual(said(other, grammar)));
    } else {
      test(
        name("differs from"),
        () => expect(said(one, grammar)).not.toEqual(said(other, grammar)),
      );
    }
  }
}

test("sqlTokens() reads the quotes that only SQLite has", () => {
  expect(said("SELECT [a  b], `c  d`;", "sqlite")).toEqual([
    "SELECT",
    "[a  b]",
    ",",
    "`c  d`",
    ";",
  ]);
});

test("sqlTokens() returns the line of each token, and throws if one never ends", () => {
  expect(tokens("-- a\nSELECT 'b\nc',\n  d;", "postgres")).toEqual([
    { text: "SELECT", line: 2 },
    { text: "'b\nc'", line: 2 },
    { text: ",", line: 3 },
    { text: "d", line: 4 },
    { text: ";", line: undefined },
  ]);
  for (const source of ["SELECT 'a", 'SELECT "a', "SELECT 1 /* a"]) {
    expect(() => tokens(source, "postgres")).toThrow();
  }
});

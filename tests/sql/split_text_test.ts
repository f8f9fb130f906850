import { expect, test } from "bun:test";
import { ToolError } from "../../lib/error.ts";
import type { ScriptGrammar } from "../../lib/sql/splitter/script_piece.ts";
import { splitText } from "../../lib/sql/splitter/split_text.ts";

test("a statement goes from its first token to its last, with its line", () => {
  expect(splitText("\ufeff-- a\n\nselect 1, -- b\n  2 -- c\n ;/* d */ select 3", "postgres"))
    .toEqual([
      { kind: "statement", sql: "select 1, -- b\n  2", line: 3 },
      { kind: "statement", sql: "select 3", line: 5, unterminated: true },
    ]);
});

test("a section marker ends the statement before it", () => {
  const script = "-- migrate:up\ncreate table t (a int)\n  --migrate:DOWN\r\ndrop table t;\n";
  expect(splitText(script, "sqlite")).toEqual([
    { kind: "section", direction: "up", line: 1 },
    { kind: "statement", sql: "create table t (a int)", line: 2, unterminated: true },
    { kind: "section", direction: "down", line: 3 },
    { kind: "statement", sql: "drop table t", line: 4 },
  ]);
});

test("a section marker inside a string, a body, a comment or data does not count", () => {
  const scripts = [
    "select '\n-- migrate:down\n';",
    "select $$\n-- migrate:down\n$$;",
    "/*\n-- migrate:down\n*/",
    "copy t from stdin;\n-- migrate:down\n\\.\n",
    "select 1; -- migrate:down",
    "-- see migrate:down\n-- migrate: down",
  ];
  for (const script of scripts) {
    expect(splitText(script, "postgres").map((it) => it.kind)).not.toContain("section");
  }
});

test("a COPY is followed by its data, and then by the rest of the script", () => {
  const script = "COPY public.t (a, b)\n  FROM /* here */ STDIN WITH (FORMAT csv);  -- data\r\n" +
    "1,';\n\\.2\n\\.\r\nselect 1;\ncopy u from stdin;\n\\.";
  expect(splitText(script, "postgres")).toEqual([
    {
      kind: "copy",
      sql: "COPY public.t (a, b)\n  FROM /* here */ STDIN WITH (FORMAT csv)",
      line: 1,
    },
    { kind: "data", text: "1,';\n\\.2\n" },
    { kind: "copyEnd" },
    { kind: "statement", sql: "select 1", line: 6 },
    { kind: "copy", sql: "copy u from stdin", line: 7 },
    { kind: "copyEnd" },
  ]);
});

test("a string with escapes continues after a line break and comments", () => {
  const script =
    "select E'a' -- so;\n -- and so;\n\t'\\';b'; select E'a' -- so; \n, '\\'; select 3;";
  expect(splitText(script, "postgres").map((it) => it.kind === "statement" && it.sql)).toEqual([
    "select E'a' -- so;\n -- and so;\n\t'\\';b'",
    "select E'a' -- so; \n, '\\'",
    "select 3",
  ]);
});

test("the \\restrict and \\unrestrict of pg_dump are skipped", () => {
  const script =
    "--\n-- PostgreSQL database dump\n--\n\n\\restrict a8Fh2\n\nSET lock_timeout = 0;\n" +
    "\\unrestrict a8Fh2\r\n\n";
  expect(splitText(script, "postgres")).toEqual([
    { kind: "statement", sql: "SET lock_timeout = 0", line: 7 },
  ]);
});

const broken: readonly (readonly [ScriptGrammar, script: string, line: number, message: string])[] =
  [
    [
      "postgres",
      "select 1;\n\\connect x\n",
      2,
      'Cannot run "\\connect x": it is a command of psql, not SQL',
    ],
    ["postgres", "select 1\n \\g", 2, 'Cannot run "\\g": it is a command of psql, not SQL'],
    ["postgres", "\\restrict", 1, 'Cannot run "\\restrict": it is a command of psql, not SQL'],
    [
      "sqlite",
      "\n.read x.sql\n",
      2,
      'Cannot run ".read x.sql": it is a command of sqlite3, not SQL',
    ],
    [
      "postgres",
      "select 1;\nselect 'a;\n",
      2,
      "Cannot read the script: the string that begins on line 2 never ends",
    ],
    [
      "postgres",
      "select\n\n$x$ $$",
      3,
      "Cannot read the script: the dollar-quoted string that begins on line 3 never ends",
    ],
    [
      "postgres",
      "\n/* /* */",
      2,
      "Cannot read the script: the comment that begins on line 2 never ends",
    ],
    ["sqlite", "\n/* ", 2, "Cannot read the script: the comment that begins on line 2 never ends"],
    [
      "sqlite",
      "select [a;",
      1,
      "Cannot read the script: the quoted identifier that begins on line 1 never ends",
    ],
    [
      "postgres",
      "select 1;\ncopy t from stdin;\n1\n",
      2,
      "Cannot read the script: the data of the COPY on line 2 never ends",
    ],
    [
      "postgres",
      "copy t from stdin;",
      1,
      "Cannot read the script: the data of the COPY on line 1 never ends",
    ],
    [
      "postgres",
      "copy t from stdin; select 1;\n",
      1,
      'Cannot read the script: "select 1;" follows COPY … FROM STDIN on its line',
    ],
    [
      "postgres",
      "copy t from stdin\n-- migrate:down\n",
      1,
      "Cannot read the script: the COPY on line 1 has no semicolon and no data",
    ],
    [
      "sqlite",
      "select 1;\n\nselect '\0'",
      3,
      "Cannot read the script: line 3 holds a NUL character",
    ],
    [
      "sqlite",
      "\n-- migrate:up transaction:false\n",
      2,
      'Cannot read the script: "transaction:false" follows "migrate:up" on line 2',
    ],
  ];

for (const [grammar, script, line, message] of broken) {
  test(`${grammar}: ${JSON.stringify(script)} is an error that names line ${line}`, () => {
    const error = caught(() => splitText(script, grammar));
    expect(error).toBeInstanceOf(ToolError);
    expect(error).toMatchObject({ code: "script/syntax", message, facts: { line } });
  });
}

function caught(body: () => unknown): unknown {
  try {
    body();
    return undefined;
  } catch (error) {
    return error;
  }
}

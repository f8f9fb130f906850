import { expect, test } from "bun:test";
import { ToolError } from "../../lib/error.ts";
import type { ScriptGrammar, ScriptPiece } from "../../lib/sql/splitter/script_piece.ts";
import { ScriptSplitter } from "../../lib/sql/splitter/script_splitter.ts";
import { postgresScripts } from "./postgres_scripts.ts";
import { random } from "./random.ts";
import { sqliteScripts } from "./sqlite_scripts.ts";

/** Scripts that hold more than statements, and broken ones. */
const others: readonly string[] = [
  "\ufeff-- migrate:up\nselect 1;\n-- migrate:down\nselect 2",
  "select 1\n  --  MIGRATE:Down \r\nselect 2; --migrate:up\nselect 3 -- migrate:down\n;",
  "-- migrate:upwards\n-- migrate:up now\n",
  "-- migrate:up\nselect 1;\n-- migrate: down\nselect 2;",
  "-- migrate:up\n/* a */ select 1;\n/* migrate:down */ select 2;",
  `-- migrate:up\n-- ${"=".repeat(150)} down\n`,
  "copy t from stdin;\n1\t;\n\\N\n\\.\nselect 1;",
  "copy t from stdin; -- x\r\n\\.x\r\n\\\\.\r\n \\.\r\n\\.\r\nselect 1;",
  "copy t from stdin;\n\\.\ncopy u (a) from/**/stdin with (format csv);\n-- migrate:down\n';\n\\.",
  "copy t from stdin;\n\\",
  "copy t from stdin;\n1\n\\.\r",
  "copy t from stdin",
  "copy t from stdin; select 1;\n\\.\n",
  "\\restrict abc123\nselect 1;\n\n\\unrestrict abc123\n",
  "select 1;\n\\connect other\n",
  "select 1 \\gexec\n",
  "select E'a' -- so\n -- and so\n '\\';b'; select E'a' -",
  "select 1$$;$$; select $1$a$;$a$; select $",
  "select a$b$ ; select $b$ ; $b",
  "select 'a;\n",
  'select "a;\n',
  "select /* /* */ ;",
  "select $a$ ; $ $a $b$",
  "select E'\\",
  "select 1 -",
  "select 1 /",
  "select 1;\n\0",
  ".read x.sql",
];

const scripts: readonly (readonly [ScriptGrammar, string])[] = [
  ...[...postgresScripts, ...others].map((it) => ["postgres", it] as const),
  ...[...sqliteScripts.map(([, it]) => it), ...others].map((it) => ["sqlite", it] as const),
];

test("a script is split into the same pieces wherever its input is cut in two", () => {
  for (const [grammar, script] of scripts) {
    const whole = outcome(grammar, [script]);
    for (let at = 1; at < script.length; at++) {
      expect([at, outcome(grammar, [script.slice(0, at), script.slice(at)])]).toEqual([at, whole]);
    }
  }
});

test("a script is split into the same pieces if it comes one character at a time", () => {
  for (const [grammar, script] of scripts) {
    expect(outcome(grammar, script.split(""))).toEqual(outcome(grammar, [script]));
  }
});

test("concatenated scripts are split into the same pieces however their input is cut", () => {
  const { below } = random(7);
  const sound = scripts.filter(([grammar, it]) => outcome(grammar, [it]).at(-1)?.kind !== "broken");
  for (const grammar of ["postgres", "sqlite"] as const) {
    const own = sound.filter(([it]) => it === grammar).map(([, it]) => it);
    for (let round = 0; round < 500; round++) {
      const script = Array.from({ length: 6 }, () => own[below(own.length)] ?? "").join("\n;\n");
      const chunks: string[] = [];
      for (let at = 0; at < script.length;) {
        const length = 1 + below(40);
        chunks.push(script.slice(at, at + length));
        at += length;
      }
      expect(outcome(grammar, chunks)).toEqual(outcome(grammar, [script]));
    }
  }
});

test("COPY data is returned before it ends", () => {
  const splitter = new ScriptSplitter("postgres");
  splitter.push("copy t from stdin;\n");
  expect(splitter.push("1\t2\n3\t")).toEqual([{ kind: "data", text: "1\t2\n3\t" }]);
  expect(splitter.push("4\n\\")).toEqual([{ kind: "data", text: "4\n" }]);
  expect(splitter.push("N\n")).toEqual([{ kind: "data", text: "\\N\n" }]);
  expect(splitter.push("\\.\n")).toEqual([{ kind: "copyEnd" }]);
});

interface Broken {
  readonly kind: "broken";
  readonly error: string;
}

/** Returns the pieces of a script, or the error that it ends in. */
function outcome(
  grammar: ScriptGrammar,
  chunks: readonly string[],
): readonly (ScriptPiece | Broken)[] {
  const splitter = new ScriptSplitter(grammar);
  try {
    return joined([...chunks.flatMap((it) => splitter.push(it)), ...splitter.end()]);
  } catch (error) {
    if (error instanceof ToolError) return [{ kind: "broken", error: error.message }];
    throw error;
  }
}

/** Joins neighbouring data, which may be cut anywhere. */
function joined(pieces: readonly ScriptPiece[]): readonly ScriptPiece[] {
  return pieces.reduce<readonly ScriptPiece[]>((before, it) => {
    const last = before.at(-1);
    if (it.kind !== "data" || last?.kind !== "data") return [...before, it];
    return [...before.slice(0, -1), { kind: "data", text: last.text + it.text }];
  }, []);
}

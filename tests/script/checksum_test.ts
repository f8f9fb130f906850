import { describe, expect, test } from "bun:test";
import { createHash } from "node:crypto";
import { statSync, utimesSync } from "node:fs";
import {
  changedLines,
  describeChange,
  lineDigests,
} from "../../lib/script/checksum/changed_lines.ts";
import { algorithmOf, checksum, verdict } from "../../lib/script/checksum/checksum.ts";
import { readScript } from "../../lib/script/read_script.ts";
import type { ScriptFile } from "../../lib/script/script_file.ts";
import { sourcesOf } from "../../lib/script/checksum/sources.ts";
import { sourcesDigest } from "../../lib/script/checksum/sources_digest.ts";
import type { ScriptGrammar } from "../../lib/sql/splitter/script_piece.ts";
import { type Scratch, scratch } from "./scratch.ts";

const sql = `-- message: m
-- revision: a
-- down_revision: null
-- migrate:up
CREATE TABLE t (
  id INTEGER, -- the key
  name TEXT DEFAULT 'a  b'
);
INSERT INTO t VALUES (1, 'x');
-- migrate:down
DROP TABLE t;
`;

const module = `/** m */
import { names } from "../names.ts";
export const revision = "a";
export const downRevision = null;
export function upgrade(op) {
  op.execute(\`INSERT INTO t VALUES ('\${names.join()}')\`); // all
}
`;

function written(it: Scratch, name: string, text: string): ReturnType<typeof readScript> {
  return readScript(it.write(`v/${name}`, text));
}

function checksumOf(file: ScriptFile, grammar: ScriptGrammar): string {
  return checksum(file, sourcesOf(file, { grammar }));
}

interface Case {
  readonly what: string;
  readonly from: string;
  readonly to: string;
  readonly verdict: "same" | "cosmetic" | "semantic";
  /** The description of the changed lines. */
  readonly told?: string;
}

const sqlCases: readonly Case[] = [
  { what: "line endings", from: "\n", to: "\r\n", verdict: "same" },
  { what: "a byte order mark", from: "-- message", to: "\ufeff-- message", verdict: "same" },
  { what: "the message", from: "message: m", to: "message: n", verdict: "cosmetic" },
  { what: "a comment", from: " -- the key", to: "", verdict: "cosmetic" },
  { what: "white space", from: "  id INTEGER", to: "\tid   INTEGER", verdict: "cosmetic" },
  {
    what: "a space in a literal",
    from: "a  b",
    to: "a b",
    verdict: "semantic",
    told: "line 7 was changed",
  },
  {
    what: "a new column",
    from: "  name",
    to: "  age INTEGER,\n  name",
    verdict: "semantic",
    told: "line 7 is new",
  },
  {
    what: "a removed statement",
    from: "INSERT INTO t VALUES (1, 'x');\n",
    to: "",
    verdict: "semantic",
    told: "a line is gone after line 8",
  },
  {
    what: "the down revision",
    from: "down_revision: null",
    to: "down_revision: b",
    verdict: "semantic",
    told: "line 3 was changed",
  },
  {
    what: "an added transaction: false",
    from: "-- migrate:up",
    to: "-- transaction: false\n-- migrate:up",
    verdict: "semantic",
    told: "line 4 is new",
  },
  {
    what: "an added timeout",
    from: "-- down_revision",
    to: "-- statement_timeout: 5s\n-- down_revision",
    verdict: "semantic",
    told: "line 3 is new",
  },
  {
    what: "an added transaction: true",
    from: "-- migrate:up",
    to: "-- transaction: true\n-- migrate:up",
    verdict: "cosmetic",
  },
  {
    what: "an added date",
    from: "-- revision",
    to: "-- create_date: x\n-- revision",
    verdict: "cosmetic",
  },
  { what: "a removed message", from: "-- message: m\n", to: "", verdict: "cosmetic" },
];

describe("a changed .sql revision:", () => {
  for (const it of sqlCases) {
    test(`${it.what} is ${it.verdict}`, () => {
      using files = scratch();
      const before = written(files, "a.sql", sql);
      const recorded = checksumOf(before, "postgres");
      const lines = lineDigests(sourcesOf(before, { grammar: "postgres" })) ?? "";
      const after = written(files, "a.sql", sql.replaceAll(it.from, it.to));
      expect(verdict(after, recorded, "postgres")).toBe(it.verdict);
      const changed = changedLines(sourcesOf(after, { grammar: "postgres" }), lines);
      expect(changed && describeChange(changed)).toBe(it.told);
    });
  }
});

describe("a changed module:", () => {
  const cases: readonly Case[] = [
    { what: "a comment", from: " // all", to: " // of them", verdict: "cosmetic" },
    { what: "a space in a template", from: "('${", to: "( '${", verdict: "semantic" },
  ];
  for (const it of cases) {
    test(`${it.what} is ${it.verdict}`, () => {
      using files = scratch({ "names.ts": "export const names = ['a b'];\n" });
      const recorded = checksumOf(written(files, "a.ts", module), "sqlite");
      const after = written(files, "a.ts", module.replace(it.from, it.to));
      expect(verdict(after, recorded, "sqlite")).toBe(it.verdict);
    });
  }

  test("a file that it imports by a relative path counts, and is named if it was changed", () => {
    using files = scratch({ "names.ts": "// one\nexport const names = ['a b'];\n" });
    const file = written(files, "a.ts", module);
    const recorded = checksumOf(file, "sqlite");
    const lines = lineDigests(sourcesOf(file, { grammar: "sqlite" })) ?? "";
    files.write("names.ts", "export const names = ['a b']; // two\n");
    expect(verdict(file, recorded, "sqlite")).toBe("cosmetic");
    files.write("names.ts", "\nexport const names = ['a  b'];\n");
    expect(verdict(file, recorded, "sqlite")).toBe("semantic");
    expect(changedLines(sourcesOf(file, { grammar: "sqlite" }), lines)).toEqual({
      file: files.path("names.ts"),
      first: 2,
      last: 2,
      before: 1,
      text: "export const names = ['a  b'];",
    });
  });
});

test("verdict() treats comments in a text that a module imports as content, whatever its language", () => {
  for (const name of ["rows.sql", "rows.csv", "rows.txt"]) {
    using files = scratch({ [name]: "one\nit's two // 2\nthree -- 3\n" });
    const importing = module.replace(
      'import { names } from "../names.ts";',
      `import names from "../${name}" with { type: "text" };`,
    );
    const file = written(files, "a.ts", importing);
    const recorded = checksumOf(file, "sqlite");
    const lines = lineDigests(sourcesOf(file, { grammar: "sqlite" })) ?? "";
    files.write(name, "one\r\nit's two // 2\r\nthree -- 3\r\n");
    expect([name, verdict(file, recorded, "sqlite")]).toEqual([name, "same"]);
    files.write(name, "one\nit's two // 2\nthree -- 4\n");
    expect([name, verdict(file, recorded, "sqlite")]).toEqual([name, "semantic"]);
    const changed = changedLines(sourcesOf(file, { grammar: "sqlite" }), lines);
    expect([changed?.file, changed?.text]).toEqual([files.path(name), "three -- 4"]);
  }
});

test("verdict() does not depend on the order of header lines", () => {
  using files = scratch();
  const recorded = checksumOf(written(files, "a.sql", sql), "postgres");
  const [message, revision, down, ...rest] = sql.split("\n");
  const after = written(files, "a.sql", [down, message, revision, ...rest].join("\n"));
  expect(verdict(after, recorded, "postgres")).toBe("cosmetic");
});

test("verdict() and changedLines() read the header for a checksum of the second algorithm as that did", () => {
  using files = scratch();
  const of = (text: string) => written(files, "a.sql", text);
  // As recorded for `timed`.
  const timed = sql.replace("-- migrate:up", "-- statement_timeout: 5s\n-- migrate:up");
  const recorded = "2:" +
    "926b9892898f32759942c012faf69e53be79eab698a6396cfa00545b4edc9e8b:" +
    "08861ad1510b58727fef613bc30fe69abcb9a299ce5d3184cce8b7184c91dfd6";
  expect(verdict(of(timed), recorded, "postgres")).toBe("same");
  expect(verdict(of(timed.replace("5s", "6s")), recorded, "postgres")).toBe("cosmetic");
  const changed = of(timed.replace("'x'", "'y'"));
  expect(verdict(changed, recorded, "postgres")).toBe("semantic");
  const lines = '{"":"758ned69s52bq2efms6i0fizvwzq"}';
  const sources = sourcesOf(changed, { grammar: "postgres", algorithm: algorithmOf(recorded) });
  expect(changedLines(sources, lines)).toMatchObject({ first: 10, last: 10 });
});

test("verdict() judges a checksum of the first algorithm by the text alone", () => {
  using files = scratch();
  const recorded = `1:${createHash("sha256").update(sql).digest("hex")}`;
  expect(verdict(written(files, "a.sql", sql), recorded, "postgres")).toBe("same");
  const after = written(files, "a.sql", sql.replaceAll("\n", "\r\n"));
  expect(verdict(after, recorded, "postgres")).toBe("same");
  const commented = written(files, "a.sql", `${sql}-- more\n`);
  expect(verdict(commented, recorded, "postgres")).toBe("semantic");
});

test("checksum() of a file that imports nothing contains what sha256sum prints", () => {
  using files = scratch();
  const sum = createHash("sha256").update(sql).digest("hex");
  expect(checksumOf(written(files, "a.sql", sql), "sqlite")).toMatch(
    new RegExp(`^3:${sum}:[0-9a-f]{64}$`),
  );
});

test("checksum() of a large file does not tell comments from code", () => {
  using files = scratch();
  const large = sql.replace(
    "-- migrate:down",
    `${"INSERT INTO t VALUES (1, 'x');\n".repeat(50_000)}-- migrate:down`,
  );
  const recorded = checksumOf(written(files, "a.sql", large), "sqlite");
  expect(recorded).toMatch(/:-$/);
  expect(verdict(written(files, "a.sql", large), recorded, "sqlite")).toBe("same");
  expect(verdict(written(files, "a.sql", `${large}-- more\n`), recorded, "sqlite")).toBe(
    "semantic",
  );
});

test("sourcesDigest() changes with a word of a large file, and not with its time", () => {
  const large = `${sql.split("-- migrate:down")[0]}${
    "INSERT INTO t VALUES ('x');\n".repeat(40_000)
  }`;
  using files = scratch({ "a.sql": large });
  const path = files.path("a.sql");
  const { atime, mtime } = statSync(path);
  const read = () => sourcesDigest([readScript(path)]);
  const before = read();
  utimesSync(path, atime, new Date(0));
  expect(read()).toBe(before);
  files.write("a.sql", large.replace(/x(?='\);\n$)/, "y"));
  utimesSync(path, atime, mtime);
  expect(statSync(path).size).toBe(large.length);
  expect(read()).not.toBe(before);
});

test("sourcesDigest() changes with anything in a file or in what it imports", () => {
  using files = scratch({ "names.ts": "export const names = ['a b'];\n" });
  const read = () => [
    readScript(files.path("v/a.ts")),
    readScript(files.path("v/b.sql")),
  ];
  files.write("v/a.ts", module);
  files.write("v/b.sql", sql);
  const digests = [sourcesDigest(read())];
  files.write("v/b.sql", `${sql} `);
  digests.push(sourcesDigest(read()));
  files.write("names.ts", "export const names = ['a  b'];\n");
  digests.push(sourcesDigest(read()));
  digests.push(sourcesDigest(read().slice(1)));
  expect(new Set(digests).size).toBe(4);
  expect(sourcesDigest(read())).toBe(digests[2] ?? "");
});

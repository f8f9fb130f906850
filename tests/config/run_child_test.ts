import { expect, test } from "bun:test";
import { runChild } from "../../lib/config/run_child.ts";

test.each([
  ["exit 0", 0],
  ["exit 7", 7],
  ["kill -INT $$", 130],
  ["kill -KILL $$", 137],
  ["kill -SEGV $$", 139],
  ["kill -TERM $$", 143],
])("runChild() of %s returns status %s, as a shell does", async (script, status) => {
  expect(await runChild(["/bin/sh", "-c", script], { onLine: () => {} })).toBe(status);
});

test("runChild() passes on output line by line, including an unterminated last line", async () => {
  const lines: string[] = [];
  const script = String.raw`printf 'one\r\ntwo'; printf 'three\nfour' >&2`;
  await runChild(["/bin/sh", "-c", script], { onLine: (it) => lines.push(it) });
  expect(lines.sort()).toEqual(["four", "one", "three", "two"]);
});

test("runChild() of a missing program is an error", async () => {
  await expect(runChild(["/nowhere/program"], { onLine: () => {} })).rejects.toThrow("ENOENT");
});

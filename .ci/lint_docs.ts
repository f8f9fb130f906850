/**
 * Fails if the public interface, `mod.ts`, refers to a type that it does not export, or exports
 * something without a docstring. Fields and methods may have none: often, name and type say all.
 */
import { spawnSync } from "node:child_process";

const { status, stderr } = spawnSync("deno", ["doc", "--quiet", "--lint", "mod.ts"], {
  encoding: "utf8",
  env: { ...process.env, NO_COLOR: "1" },
});
const errors = stderr.split(/^(?=error\b)/m).filter((it) => it.startsWith("error["));
const wrong = errors.length > 0 ? errors.filter((it) => !isMemberWithoutDoc(it)) : [stderr];
if (status !== 0 && wrong.length > 0) {
  console.error(wrong.join(""));
  process.exitCode = 1;
}

/** An error shows the line of the declaration; a member's is indented. */
function isMemberWithoutDoc(error: string): boolean {
  return error.startsWith("error[missing-jsdoc]") && !/^ *\d+ \| export /m.test(error);
}

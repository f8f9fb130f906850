import { expect, test } from "bun:test";
import { completion } from "../../lib/cli/completion.ts";
import { verbs } from "../../lib/cli/verbs.ts";

function scriptFor(shell: string): string {
  return completion(shell, verbs).lines.join("\n");
}

/** Returns what bash offers for the last of `words`. */
function offered(...words: readonly string[]): readonly string[] {
  const list = words.map((it) => `'${it}'`).join(" ");
  const script = `${scriptFor("bash")}
COMP_WORDS=(migrate ${list}); COMP_CWORD=${words.length}; _migrate; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr } = Bun.spawnSync(["bash", "-c", script]);
  expect(stderr.toString()).toBe("");
  return stdout.toString().trim().split("\n");
}

test("bash completes commands, and after a command its own and the global options", () => {
  expect(offered("sta")).toEqual(["stamp", "status"]);
  expect(offered("upgrade", "--lo")).toEqual(["--lock-wait", "--lock-retry", "--log-format"]);
  expect(offered("--json", "resume", "--re")).toEqual(["--restart"]);
});

test("zsh gets a name and a completion for the value of each option that has one", () => {
  const specs = [...scriptFor("zsh").matchAll(/'\*?--?[\w-]+\[[^'\]]*\]([^']*)'/g)];
  expect(specs.length).toBeGreaterThan(verbs.length);
  for (const [, behind = ""] of specs) {
    // A colon in the value's name would begin another part.
    if (behind !== "") {
      expect(behind.split(/(?<!\\):/)).toEqual(["", expect.any(String), "_files"]);
    }
  }
});

import { expect, test } from "bun:test";
import { meantWord } from "../../lib/sql/closest.ts";

const asked: readonly (readonly [written: string, words: readonly string[], meant?: string])[] = [
  ["upgade", ["upgrade", "downgrade"], "upgrade"],
  ["dwon", ["up", "down"], "down"],
  ["dry_run", ["dry-run"], "dry-run"],
  ["up", ["upgrade", "downgrade"], "upgrade"],
  ["ab", ["ac", "xyz"], "ac"],
  ["re", ["revision", "resume"]],
  ["a", ["b"]],
  ["a", ["alembic_version"]],
  ["", ["a"]],
];

for (const [written, words, meant] of asked) {
  test(`meantWord() of "${written}" among ${words.join(", ")} is ${meant ?? "none"}`, () => {
    expect(meantWord(written, words)).toBe(meant);
  });
}

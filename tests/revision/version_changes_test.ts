import { expect, test } from "bun:test";
import type { Move } from "../../lib/revision/route.ts";
import {
  applyVersionChanges,
  type VersionChange,
  versionChanges,
} from "../../lib/revision/version_changes.ts";
import { mapOf } from "./graphs.ts";

const map = mapOf(`
  1111
  2222a <- 1111
  2222b <- 1111
  3333b <- 2222b
  9999a
  9999b <- 9999a + 2222a
  m <- 3333b 9999b
`);

function move(direction: "upgrade" | "downgrade", id: string): Move {
  const revision = map.get(id);
  if (!revision) throw new RangeError(`No revision ${id}`);
  return { direction, revision };
}

function told(changes: readonly VersionChange[]): string {
  return changes.map((it) =>
    it.kind === "replace" ? `${it.from}>${it.to}` : (it.kind === "insert" ? "+" : "-") + it.id
  ).join(" ");
}

const cases: readonly (readonly [string, readonly string[], Move, string])[] = [
  ["a base inserts", [], move("upgrade", "1111"), "+1111"],
  ["a plain upgrade replaces", ["1111"], move("upgrade", "2222a"), "1111>2222a"],
  ["a second branch inserts", ["2222a"], move("upgrade", "2222b"), "+2222b"],
  [
    "a dependent revision replaces the row of its dependency",
    ["2222a", "3333b", "9999a"],
    move("upgrade", "9999b"),
    "-9999a 2222a>9999b",
  ],
  ["a merge keeps one row", ["3333b", "9999b"], move("upgrade", "m"), "-3333b 9999b>m"],
  ["undoing a merge restores the rows", ["m"], move("downgrade", "m"), "+3333b m>9999b"],
  [
    "undoing a dependent revision restores the rows that nothing else needs",
    ["3333b", "9999b"],
    move("downgrade", "9999b"),
    "+9999a 9999b>2222a",
  ],
  ["a plain downgrade replaces", ["3333b"], move("downgrade", "3333b"), "3333b>2222b"],
  ["leaving a branch deletes", ["2222a", "2222b"], move("downgrade", "2222b"), "-2222b"],
  ["leaving a base deletes", ["1111"], move("downgrade", "1111"), "-1111"],
  ["a stamp replaces", ["2222a", "2222b"], {
    direction: "stamp",
    from: ["2222a", "2222b"],
    to: ["1111"],
  }, "-2222a 2222b>1111"],
  ["a stamp from nothing inserts", [], { direction: "stamp", from: [], to: ["m"] }, "+m"],
  ["a stamp to base deletes", ["m"], { direction: "stamp", from: ["m"], to: [] }, "-m"],
];

for (const [what, rows, step, expected] of cases) {
  test(`versionChanges(): ${what}`, () => {
    expect(told(versionChanges(map, rows, step))).toBe(expected);
  });
}

test("versionChanges() refuses a move that was already made", () => {
  const conflict = expect.objectContaining({ code: "database/conflict" });
  expect(() => versionChanges(map, ["1111"], move("upgrade", "1111"))).toThrow(conflict);
  expect(() => versionChanges(map, [], move("downgrade", "1111"))).toThrow(conflict);
});

test("applyVersionChanges() makes the changes in order", () => {
  expect(applyVersionChanges(["a", "b"], [
    { kind: "delete", id: "a" },
    { kind: "replace", from: "b", to: "c" },
    { kind: "insert", id: "d" },
  ])).toEqual(["c", "d"]);
});

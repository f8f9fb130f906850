import { expect, test } from "bun:test";
import { ToolError } from "../../lib/error.ts";
import { revisionMap } from "../../lib/revision/revision_map.ts";
import { downgradeRoute, upgradeRoute } from "../../lib/revision/route.ts";
import { historyRange } from "../../lib/revision/history_range.ts";
import { mapOf, revision, revisions } from "./graphs.ts";

const long = "a".repeat(33);

const broken: readonly (readonly [string, string, string])[] = [
  [
    "a missing down revision",
    "b <- a",
    'Cannot find revision "a", the down revision of "b": versions/b.ts',
  ],
  [
    "a missing dependency",
    "b + x",
    'Cannot find revision "x", the dependency of "b": versions/b.ts',
  ],
  [
    "two files with one id",
    "a\na",
    "Revision a is present more than once: versions/a.ts, versions/a.ts",
  ],
  [
    "a revision that builds on itself",
    "a <- a",
    "Self-loop is detected in revisions (a): versions/a.ts",
  ],
  [
    "a revision that depends on itself",
    "a + a",
    "Dependency self-loop is detected in revisions (a): versions/a.ts",
  ],
  [
    "a cycle, without the revisions that only build on it",
    "root\na <- c\nb <- a\nc <- b\ntop <- c",
    "Cycle is detected in revisions (a, b, c): versions/a.ts, versions/b.ts, versions/c.ts",
  ],
  [
    "a cycle of dependencies",
    "a + b\nb <- a",
    "Dependency cycle is detected in revisions (a, b): versions/a.ts, versions/b.ts",
  ],
  [
    "a duplicate label",
    'a "x"\nb "x"',
    "Branch name 'x' in revision b already used by revision a: versions/b.ts, versions/a.ts",
  ],
  [
    "a label that is an id",
    'a\nb "a"',
    "Branch name 'a' in revision b already used by revision a: versions/b.ts, versions/a.ts",
  ],
  [
    "an id with a character that is reserved for targets",
    "a-b",
    "Character(s) '-' not allowed in revision identifier 'a-b': versions/a-b.ts",
  ],
  [
    "an id that leads out of the folder",
    "../a",
    "Character(s) '/' not allowed in revision identifier '../a': versions/../a.ts",
  ],
  [
    "an id that is a reserved word",
    "head",
    "Cannot use 'head' as a revision identifier: it means something else: versions/head.ts",
  ],
  [
    "an id that is too long for the version table",
    long,
    `Cannot use '${long}' as a revision identifier: it has 33 characters, and the limit is 32: versions/${long}.ts`,
  ],
];

for (const [what, drawing, message] of broken) {
  test(`revisionMap() refuses ${what}, and names the files`, () => {
    expect(() => mapOf(drawing)).toThrow(message);
    expect(() => mapOf(drawing)).toThrow(expect.objectContaining({ code: "revision/broken" }));
  });
}

test("revisionMap() names no files if the revisions have none", () => {
  const error = thrown(() => revisionMap([revision("a", { downRevisions: ["a"] })]));
  expect(error.message).toBe("Self-loop is detected in revisions (a)");
  expect(error.facts.hint).toBe("Take it out of its own down revisions and dependencies");
  expect(error.facts.file).toBeUndefined();
});

test("realHeads leaves out a head that others depend on", () => {
  const map = mapOf("a\nb <- a\nc\nd <- c + b");
  expect(map.heads).toEqual(["b", "d"]);
  expect(map.realHeads).toEqual(["d"]);
  expect(map.bases).toEqual(["a", "c"]);
});

test("parents() leaves out a dependency that a down ancestor states too", () => {
  const map = mapOf('root "core"\na + core\nb <- a\nc <- b + root');
  expect(map.parents("a").map((it) => it.id)).toEqual(["root"]);
  expect(map.parents("c").map((it) => it.id)).toEqual(["b"]);
  expect(map.dependencies("c").map((it) => it.id)).toEqual(["root"]);
});

test("parents() lists a revision once that is both down revision and dependency", () => {
  expect(mapOf("a\nb <- a + a").parents("b").map((it) => it.id)).toEqual(["a"]);
});

test("labels() gives a label to all revisions above, and to those below on the same line", () => {
  const map = mapOf('a\nb <- a\nc "left" <- b\nd <- c\ne "right" <- a');
  const names = Object.fromEntries(map.revisions.map(({ id }) => [id, map.labels(id)]));
  expect(names).toEqual({ a: [], b: ["left"], c: ["left"], d: ["left"], e: ["right"] });
});

test("labels() gives a label to no revision below if it belongs to a branch point", () => {
  const map = mapOf('a\nb "x" <- a\nc <- b\nd <- b');
  expect(map.labels("a")).toEqual([]);
});

test("descendants() follows dependencies, unless limited to down revisions", () => {
  const map = mapOf("a\nb <- a\nc + a");
  expect([...map.descendants(["a"])].sort()).toEqual(["a", "b", "c"]);
  expect([...map.descendants(["a"], "downRevisions")].sort()).toEqual(["a", "b"]);
});

test("an id that is not in the map has no neighbours", () => {
  const map = mapOf("a");
  expect(map.get("b")).toBeUndefined();
  expect(map.children("b")).toEqual([]);
  expect(map.isHead("b")).toBe(false);
  expect([...map.ancestors(["b", "a"])]).toEqual(["a"]);
  expect(map.inLoadOrder(["b", "a"])).toEqual(["a", "b"]);
});

test("a line of 20,000 revisions does not overflow the stack", () => {
  const ids = Array.from({ length: 20_000 }, (_, index) => `r${index}`);
  const line = ids.map((id, index) =>
    revision(id, { downRevisions: index === 0 ? [] : [`r${index - 1}`] })
  );
  const map = revisionMap(line.toReversed());
  expect(upgradeRoute(map, [], { kind: "head" })).toHaveLength(20_000);
  expect(downgradeRoute(map, map.heads, { kind: "base" })).toHaveLength(20_000);
  expect(historyRange(map)[0]?.id).toBe("r19999");
  const looped = [...line.slice(1), revision("r0", { downRevisions: ["r19999"] })];
  expect(() => revisionMap(looped)).toThrow("Cycle is detected");
});

test("history breaks ties by the order of the revisions", () => {
  const drawing = "a\nb1 <- a\nb2 <- a\nc <- b1 b2\nd <- c";
  const order = (lines: readonly string[]): readonly string[] =>
    historyRange(mapOf(lines.join("\n"))).map((it) => it.id);
  expect(order(drawing.split("\n"))).toEqual(["d", "c", "b1", "b2", "a"]);
  expect(historyRange(revisionMap(revisions("a\nc <- a\nb <- a"))).map((it) => it.id))
    .toEqual(["c", "b", "a"]);
});

function thrown(body: () => unknown): ToolError {
  try {
    body();
  } catch (error) {
    if (error instanceof ToolError) return error;
    throw error;
  }
  throw new Error("Nothing was thrown");
}

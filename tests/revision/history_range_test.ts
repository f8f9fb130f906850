import { expect, test } from "bun:test";
import { parseRange } from "../../lib/revision/target.ts";
import { historyRange } from "../../lib/revision/history_range.ts";
import { mapOf } from "./graphs.ts";

const line = mapOf("a\nb <- a\nc <- b");

const lines = mapOf(`
  a
  b1 "left" <- a
  b2 "right" <- a
  x + b1
  y <- x
`);

function history(map: typeof line, range: string, rows?: readonly string[]): string {
  const found = historyRange(map, { ...parseRange(range), ...(rows && { rows }) });
  return found.map((it) => it.id).join(" ");
}

const ranges: readonly (readonly [string, string])[] = [
  [":", "c b a"],
  ["b:", "c b"],
  [":b", "b a"],
  ["a:b", "b a"],
  ["a:+2", "c b a"],
  ["a:+9", "c b a"],
  ["-2:c", "c b a"],
  ["-1:", "c b"],
  ["-9:", "c b a"],
  ["c-1:c", "c b"],
  ["base:a+1", "b a"],
];

for (const [range, expected] of ranges) {
  test(`history ${range} of a, b, c is ${expected}`, () => {
    expect(history(line, range)).toBe(expected);
  });
}

test("history with current at either end begins or ends at the rows", () => {
  expect(history(line, "current:", ["b"])).toBe("c b");
  expect(history(line, ":current", ["b"])).toBe("b a");
  expect(history(line, "current:", [])).toBe("c b a");
});

const counted: readonly (readonly [string, string])[] = [
  ["current-1:head", "c b a"],
  ["current-1:current", "b a"],
  ["current+1:", "c"],
  [":current+1", "c b a"],
  [":current-1", "a"],
  ["current-9:current", "b a"],
  [":current+9", "c b a"],
];

for (const [range, expected] of counted) {
  test(`history ${range} of a, b, c is ${expected} with the database at b`, () => {
    expect(history(line, range, ["b"])).toBe(expected);
  });
}

test("history relative to current counts from base in an empty database", () => {
  expect(history(line, "current+1:", [])).toBe("c b a");
  expect(history(line, ":current+2", [])).toBe("b a");
});

test("history relative to current counts from each of several rows", () => {
  const roots = mapOf("a\nb <- a\nc <- b\nx\ny <- x");
  expect(history(roots, "current-1:current", ["c", "y"])).toBe("c b y x");
  expect(history(roots, "current-1:current", ["c", "x"])).toBe("c b x");
  expect(history(roots, "current+1:heads", ["b", "y"])).toBe("c");
});

test("history keeps to the branch that the lower end names", () => {
  expect(history(lines, "right@base:heads")).toBe("b2 a");
  expect(history(lines, "y@base:heads")).toBe("y x b1 a");
});

test("history ends at the head of a named branch even if another branch depends on it", () => {
  expect(history(lines, "left@head:")).toBe("b1");
  expect(history(lines, "left@base:")).toBe("b1 a");
  expect(history(lines, "right@base:")).toBe("b2 a");
});

test("history follows a dependency if nothing else connects the ends", () => {
  expect(history(lines, "b1:y")).toBe("y x b1");
});

test("history leaves out what only depends on the lower end", () => {
  const map = mapOf("a\nb <- a\nx + a");
  expect(history(map, "a:heads")).toBe("b a");
});

for (const range of ["c:a", "b1:b2"]) {
  test(`history refuses ${range}, whose upper end does not build on the lower`, () => {
    expect(() => history(range === "c:a" ? line : lines, range)).toThrow(
      `Requested range ${range} does not refer to ancestor/descendant revisions along the same branch`,
    );
  });
}

const outside: readonly (readonly [string, string])[] = [
  ["+1:", "+1"],
  ["current+2:", "+2"],
  [":-1", "-1"],
  [":current-3", "-3"],
];

for (const [range, steps] of outside) {
  test(`history refuses ${range}, which lies outside of a, b, c with the database at b`, () => {
    expect(() => history(line, range, ["b"])).toThrow(
      `Relative revision ${steps} didn't produce ${steps.slice(1)} migrations`,
    );
  });
}

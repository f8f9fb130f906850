import { expect, test } from "bun:test";
import { formatTarget, parseRange, parseTarget, type Target } from "../../lib/revision/target.ts";
import { pick, seeded } from "./graphs.ts";

const readings: readonly (readonly [string, Target])[] = [
  ["head", { kind: "head" }],
  ["heads", { kind: "heads" }],
  ["base", { kind: "base" }],
  ["current", { kind: "current" }],
  ["ae1027", { kind: "revision", name: "ae1027" }],
  ["left@head", { kind: "head", branch: "left" }],
  ["left@ae10", { kind: "revision", name: "ae10", branch: "left" }],
  ["my-label@heads", { kind: "heads", branch: "my-label" }],
  ["current-1", { kind: "relative", from: { kind: "current" }, steps: -1 }],
  ["+2", { kind: "relative", from: { kind: "current", isImplied: true }, steps: 2 }],
  ["-1", { kind: "relative", from: { kind: "current", isImplied: true }, steps: -1 }],
  [
    "left@+1",
    { kind: "relative", from: { kind: "current", branch: "left", isImplied: true }, steps: 1 },
  ],
  ["ae10-3", { kind: "relative", from: { kind: "revision", name: "ae10" }, steps: -3 }],
  ["left@base+1", { kind: "relative", from: { kind: "base", branch: "left" }, steps: 1 }],
  ["my-label-1", { kind: "relative", from: { kind: "revision", name: "my-label" }, steps: -1 }],
];

for (const [text, target] of readings) {
  test(`parseTarget() reads "${text}", and formatTarget() writes it`, () => {
    expect(parseTarget(text)).toEqual(target);
    expect(formatTarget(target)).toBe(text);
  });
}

test("parseTarget() undoes formatTarget()", () => {
  const random = seeded(6);
  const names = ["a", "ae1027a6acf", "head1", "my-label", "été", "v1.2"];
  for (let round = 0; round < 500; round++) {
    const on = random(2) === 0 ? {} : { branch: pick(random, names) };
    const kind = pick(random, ["head", "heads", "base", "revision", "current"] as const);
    const place = kind === "revision"
      ? { kind, name: pick(random, names), ...on }
      : { kind, ...on };
    const target: Target = random(2) === 0
      ? place
      : { kind: "relative", from: place, steps: random(21) - 10 };
    expect(parseTarget(formatTarget(target))).toEqual(target);
  }
});

for (const text of ["", " ", "@head", "left@", "a@b@c"]) {
  test(`parseTarget() refuses ${JSON.stringify(text)}`, () => {
    expect(() => parseTarget(text)).toThrow(`Cannot read the target "${text}"`);
  });
}

test("parseTarget() refuses a range", () => {
  expect(() => parseTarget("a:b")).toThrow("Range revision not allowed");
});

test("parseTarget() refuses a number of steps that is too large", () => {
  expect(() => parseTarget("+99999999999999999999")).toThrow("Cannot go as far");
});

test("parseRange() reads both ends, or either", () => {
  expect(parseRange("a:+2")).toEqual({ lower: parseTarget("a"), upper: parseTarget("+2") });
  expect(parseRange("current:")).toEqual({ lower: { kind: "current" } });
  expect(parseRange(":left@head")).toEqual({ upper: { kind: "head", branch: "left" } });
  expect(parseRange(":")).toEqual({});
});

for (const text of ["a", "a:b:c"]) {
  test(`parseRange() refuses "${text}"`, () => {
    expect(() => parseRange(text)).toThrow(
      "History range requires [start]:[end], [start]:, or :[end]",
    );
  });
}

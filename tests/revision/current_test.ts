import { expect, test } from "bun:test";
import { currentRevisions, isAtHeads } from "../../lib/revision/current.ts";
import { mapOf } from "./graphs.ts";

const map = mapOf("a\nb <- a\nx\ny <- x + b");

test("currentRevisions() shows the branch that a row depends on beside the row", () => {
  expect(currentRevisions(map, ["y"])).toEqual([
    { id: "b", revision: map.get("b")!, isRow: false },
    { id: "y", revision: map.get("y")!, isRow: true },
  ]);
});

test("currentRevisions() shows unknown rows last", () => {
  expect(currentRevisions(map, ["zzz", "a"])).toEqual([
    { id: "a", revision: map.get("a")!, isRow: true },
    { id: "zzz", isRow: true },
  ]);
});

test("isAtHeads() is true only if the rows are the real heads", () => {
  expect(isAtHeads(map, ["y"])).toBe(true);
  expect(isAtHeads(map, ["b", "x"])).toBe(false);
  expect(isAtHeads(map, [])).toBe(false);
  expect(isAtHeads(map, ["y", "zzz"])).toBe(false);
});

import { expect, test } from "bun:test";
import { describeMove } from "../../lib/report/describe_move.ts";
import type { Move } from "../../lib/revision/route.ts";
import { revision } from "../revision/graphs.ts";

const users = revision("ae10", { downRevisions: ["1975"], message: "create users" });
const merge = revision("c0de", { downRevisions: ["ae10", "b001"], message: "merge" });
const base = revision("1975");

/** Alembic's own words: its users' scripts look for them. */
const cases: readonly (readonly [Move, string])[] = [
  [{ direction: "upgrade", revision: users }, "upgrade 1975 -> ae10, create users"],
  [{ direction: "downgrade", revision: users }, "downgrade ae10 -> 1975, create users"],
  [{ direction: "upgrade", revision: base }, "upgrade  -> 1975"],
  [{ direction: "downgrade", revision: base }, "downgrade 1975 -> "],
  [{ direction: "upgrade", revision: merge }, "upgrade ae10, b001 -> c0de, merge"],
  [{ direction: "downgrade", revision: merge }, "downgrade c0de -> ae10, b001, merge"],
  [{ direction: "stamp", from: [], to: ["ae10"] }, "stamp_revision  -> ae10"],
  [{ direction: "stamp", from: ["ae10", "b001"], to: [] }, "stamp_revision ae10, b001 -> "],
];

for (const [move, line] of cases) {
  test(`describeMove() says "${line}"`, () => {
    expect(describeMove(move)).toBe(line);
  });
}

import { expect, test } from "bun:test";
import { makePlan, type PlanInput } from "../../lib/plan/make_plan.ts";
import { type Plan, stepsOf } from "../../lib/plan/plan.ts";
import type { Move } from "../../lib/revision/route.ts";
import { mapOf } from "../revision/graphs.ts";

const map = mapOf(`
  a
  b <- a
  c <- b
  d <- c
  other
`);

function up(...ids: readonly string[]): readonly Move[] {
  return moves("upgrade", ids);
}

function moves(direction: "upgrade" | "downgrade", ids: readonly string[]): readonly Move[] {
  return ids.map((id) => {
    const revision = map.get(id);
    if (!revision) throw new RangeError(`No revision ${id}`);
    return { direction, revision };
  });
}

/** Returns the plan, where the work of each revision is a statement of its name. */
function plan(
  input: Pick<PlanInput, "moves" | "boundaries"> & Partial<PlanInput>,
  alone: readonly string[] = [],
): Plan {
  return makePlan({
    map,
    rows: [],
    contentOf: (move) => ({
      work: [{ kind: "statement", statement: { sql: named(move) } }],
      transactional: !alone.includes(named(move)),
    }),
    ...input,
  });
}

function named(move: Move): string {
  return move.direction === "stamp" ? "stamp" : move.revision.id;
}

/** Returns the segments as text: `(a b)` commits together, `c!` is outside a transaction. */
function told({ segments }: Plan): string {
  return segments.map(({ transactional, steps }) => {
    const names = steps.map((it) => named(it.move)).join(" ");
    return transactional ? `(${names})` : `${names}!`;
  }).join(" ");
}

const cases: readonly (readonly [
  string,
  "run" | "step",
  readonly string[],
  string,
])[] = [
  ["a run of transactional steps commits once", "run", [], "(a b c d)"],
  ["each step commits by itself on request", "step", [], "(a) (b) (c) (d)"],
  [
    "a step outside a transaction stands alone, and commits what came before",
    "run",
    ["b"],
    "(a) b! (c d)",
  ],
  ["two adjacent steps outside a transaction stand alone each", "run", ["b", "c"], "(a) b! c! (d)"],
  ["the first step may stand alone", "run", ["a"], "a! (b c d)"],
  ["the last step may stand alone", "run", ["d"], "(a b c) d!"],
  ["a step outside a transaction stands alone between steps", "step", ["b"], "(a) b! (c) (d)"],
];

for (const [name, boundaries, alone, wanted] of cases) {
  test(`makePlan(): ${name}`, () => {
    expect(told(plan({ moves: up("a", "b", "c", "d"), boundaries }, alone))).toBe(wanted);
  });
}

test("makePlan(): every step has the rows that it expects, and those that it leaves", () => {
  const made = plan({ rows: ["a", "other"], moves: up("b", "c"), boundaries: "run" });
  expect(stepsOf(made).map(({ before, after, changes }) => ({ before, after, changes }))).toEqual([
    {
      before: ["a", "other"],
      after: ["b", "other"],
      changes: [{ kind: "replace", from: "a", to: "b" }],
    },
    {
      before: ["b", "other"],
      after: ["c", "other"],
      changes: [{ kind: "replace", from: "b", to: "c" }],
    },
  ]);
  expect([made.from, made.to]).toEqual([["a", "other"], ["c", "other"]]);
});

test("makePlan(): a downgrade to base leaves no rows", () => {
  const made = plan({ rows: ["b"], moves: moves("downgrade", ["b", "a"]), boundaries: "run" });
  expect(told(made)).toBe("(b a)");
  expect(made.to).toEqual([]);
});

test("makePlan(): a stamp changes the rows", () => {
  const stamp: Move = { direction: "stamp", from: ["a"], to: ["d"] };
  const made = plan({ rows: ["a", "other"], moves: [stamp], boundaries: "run" });
  expect(stepsOf(made).map((it) => it.changes)).toEqual([[{
    kind: "replace",
    from: "a",
    to: "d",
  }]]);
  expect(made.to).toEqual(["d", "other"]);
});

test("makePlan(): nothing to do is a plan without segments that ends where it begins", () => {
  expect(plan({ rows: ["d"], moves: [], boundaries: "run" }))
    .toEqual({ from: ["d"], to: ["d"], segments: [] });
});

test("makePlan() asks for the content of each move once, in order, and keeps it", () => {
  const asked: string[] = [];
  const source = { file: "versions/a.ts", checksum: "c0ffee" };
  const made = plan({
    moves: up("a", "b"),
    boundaries: "run",
    contentOf: (move) => {
      asked.push(named(move));
      return { work: [], transactional: true, ...(named(move) === "a" && { source }) };
    },
  });
  expect(asked).toEqual(["a", "b"]);
  expect(stepsOf(made).map((it) => it.source)).toEqual([source, undefined]);
  expect(stepsOf(made).map((it) => it.work)).toEqual([[], []]);
});

test("makePlan(): only the last step has the digest of all sources, and each has its timeouts", () => {
  const made = stepsOf(plan({
    moves: up("a", "b"),
    boundaries: "run",
    contentOf: () => ({ work: [], transactional: true, timeouts: { statement: 5 } }),
    sourcesAt: (heads) => heads.join(),
  }));
  expect(made.map(({ sources, timeouts }) => [sources, timeouts])).toEqual([
    [undefined, { statement: 5 }],
    ["b", { statement: 5 }],
  ]);
});

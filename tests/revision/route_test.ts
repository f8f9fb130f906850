import { expect, test } from "bun:test";
import { downgradeWarning } from "../../lib/revision/downgrade_warning.ts";
import { revisionMap } from "../../lib/revision/revision_map.ts";
import { unknownRows } from "../../lib/revision/rows.ts";
import {
  absoluteTarget,
  downgradeRoute,
  type Move,
  stampRoute,
  upgradeRoute,
} from "../../lib/revision/route.ts";
import { parseTarget } from "../../lib/revision/target.ts";
import { mapOf } from "./graphs.ts";

const line = mapOf("a\nb <- a\nc <- b\nd <- c\ne <- d");

const nowhere = revisionMap([]);

const branches = mapOf(`
  a
  b <- a
  c1 "left" <- b
  d1 <- c1
  c2 "right" <- b
  d2 <- c2
`);

function told(moves: readonly Move[]): string {
  return moves.map((it) =>
    it.direction === "stamp" ? `${it.from}>${it.to}` : `${it.direction} ${it.revision.id}`
  ).join(", ");
}

test("upgradeRoute() does nothing if the target is already applied", () => {
  expect(upgradeRoute(line, ["c"], parseTarget("a"))).toEqual([]);
  expect(upgradeRoute(line, ["c"], parseTarget("base"))).toEqual([]);
});

test("upgradeRoute() walks +N from the row, and rev+N from the revision", () => {
  expect(told(upgradeRoute(line, ["a"], parseTarget("+2")))).toBe("upgrade b, upgrade c");
  expect(told(upgradeRoute(line, ["a"], parseTarget("d-2")))).toBe("upgrade b");
});

test("upgradeRoute() stops at the merge point when that is the target", () => {
  const merged = mapOf("a\nb1 <- a\nb2 <- a\nc <- b1 b2\nd <- c");
  expect(told(upgradeRoute(merged, [], parseTarget("c")))).toBe(
    "upgrade a, upgrade b2, upgrade b1, upgrade c",
  );
});

test("upgradeRoute() continues a branch that another one depends on", () => {
  const map = mapOf('a "core"\nb <- a\nx "app" + core\ny <- x');
  expect(told(upgradeRoute(map, ["x"], parseTarget("core@+1")))).toBe("upgrade b");
});

test("downgradeRoute() removes a branch and keeps its sibling", () => {
  expect(told(downgradeRoute(branches, ["d1", "d2"], parseTarget("left@b")))).toBe(
    "downgrade d1, downgrade c1",
  );
});

test("downgradeRoute() also removes what depends on a removed revision", () => {
  const map = mapOf("a\nb <- a\nx + b");
  expect(told(downgradeRoute(map, ["x"], parseTarget("a")))).toBe("downgrade x, downgrade b");
});

test("downgradeRoute() by -N follows the first row, and several rows get a warning", () => {
  expect(told(downgradeRoute(branches, ["c1", "d2"], parseTarget("-1")))).toBe("downgrade c1");
  expect(downgradeWarning(["c1", "d2"], parseTarget("-1"))).toContain("begins at c1, as c1@-1");
  expect(downgradeWarning(["c1"], parseTarget("-1"))).toBeUndefined();
  expect(downgradeWarning(["c1", "d2"], parseTarget("right@-1"))).toBeUndefined();
});

test("downgradeRoute() by -1 does nothing when planned again after another run made it", () => {
  const settled = absoluteTarget(branches, ["c1", "d2"], parseTarget("-1"), "downgrade");
  expect(downgradeRoute(branches, ["d2"], settled)).toEqual([]);
  expect(() => downgradeRoute(branches, ["d2"], parseTarget("c1@b"))).toThrow("Destination c1@b");
});

test("upgradeRoute() by +1 does nothing when planned again after another run made it", () => {
  const settled = absoluteTarget(line, ["a"], parseTarget("+1"), "upgrade");
  expect(upgradeRoute(line, ["b"], settled)).toEqual([]);
  expect(upgradeRoute(line, ["d"], settled)).toEqual([]);
});

test("downgradeRoute() first clears a row that another row makes redundant", () => {
  const map = mapOf("a\nb <- a\nx");
  expect(told(downgradeRoute(map, ["a", "b", "x"], parseTarget("x@base")))).toBe(
    "a>, downgrade x",
  );
});

const refusals: readonly (readonly [string, () => unknown, string, string])[] = [
  [
    "upgrading beyond the head",
    () => upgradeRoute(line, ["d"], parseTarget("+2")),
    "revision/target",
    "Relative revision +2 didn't produce 2 migrations",
  ],
  [
    "upgrading by -N",
    () => upgradeRoute(line, ["d"], parseTarget("-1")),
    "revision/target",
    "Relative revision -1 didn't produce 1 migrations",
  ],
  [
    "upgrading by +N from several rows",
    () => upgradeRoute(branches, ["d1", "c2"], parseTarget("+1")),
    "revision/target",
    "Ambiguous upgrade from multiple current revisions",
  ],
  [
    "upgrading by +N past a branch point",
    () => upgradeRoute(branches, ["b"], parseTarget("+1")),
    "revision/target",
    'Ambiguous walk: "b" leads to "c1", "c2"',
  ],
  [
    "upgrading from a row and its descendant",
    () => upgradeRoute(line, ["a", "c"], parseTarget("head")),
    "revision/target",
    "Requested revision c overlaps with other requested revisions a",
  ],
  [
    "downgrading to a revision that is not applied",
    () => downgradeRoute(line, ["a"], parseTarget("c")),
    "revision/target",
    "Destination c is not a valid downgrade target from current head(s)",
  ],
  [
    "downgrading by +N",
    () => downgradeRoute(line, ["c"], parseTarget("+1")),
    "revision/target",
    "Relative revision +1 didn't produce 1 migrations",
  ],
  [
    "downgrading beyond base",
    () => downgradeRoute(line, ["a"], parseTarget("-2")),
    "revision/target",
    "Relative revision -2 didn't produce 2 migrations",
  ],
  [
    "downgrading a branch that is not applied",
    () => downgradeRoute(branches, ["d2"], parseTarget("left@-1")),
    "revision/target",
    'Cannot downgrade to "left@-1": nothing there is applied',
  ],
  [
    "downgrading a branch that has several rows",
    () => downgradeRoute(branches, ["d1", "d2"], parseTarget("b@-1")),
    "revision/target",
    'Cannot downgrade to "b@-1": it could begin at any of d1, d2',
  ],
  [
    "upgrading with an unknown row",
    () => upgradeRoute(line, ["zzz"], parseTarget("head")),
    "revision/unknown",
    "Can't locate revision identified by 'zzz'",
  ],
  [
    "downgrading with an unknown row",
    () => downgradeRoute(line, ["zzz"], parseTarget("base")),
    "revision/unknown",
    "Can't locate revision identified by 'zzz'",
  ],
  [
    "stamping over known and unknown rows",
    () => stampRoute(line, ["a", "zzz"], [parseTarget("c")]),
    "revision/unknown",
    "Can't locate revision identified by 'zzz'",
  ],
  [
    "stamping head if there are several",
    () => stampRoute(branches, [], [parseTarget("head")]),
    "revision/multiple_heads",
    "Multiple heads are present; please specify a single target revision",
  ],
  [
    "stamping a revision and its descendant",
    () => stampRoute(line, [], [parseTarget("a"), parseTarget("c")]),
    "revision/target",
    "Requested revision c overlaps with other requested revisions a",
  ],
  [
    "stamping head over rows if there are no revisions",
    () => stampRoute(nowhere, ["zzz"], [parseTarget("head")]),
    "revision/target",
    'Cannot stamp a head: there are no revisions, and the database is at "zzz"',
  ],
  [
    "stamping heads with purge over rows if there are no revisions",
    () => stampRoute(nowhere, ["zzz"], [parseTarget("heads")], { purge: true }),
    "revision/target",
    'Cannot stamp a head: there are no revisions, and the database is at "zzz"',
  ],
  [
    "stamping a relative target",
    () => stampRoute(line, ["b"], [parseTarget("+1")]),
    "revision/unknown",
    "Can't locate revision identified by '+1'",
  ],
];

for (const [what, body, code, message] of refusals) {
  test(`${what} is refused`, () => {
    expect(body).toThrow(expect.objectContaining({ code, message }));
  });
}

test("the hint for an ambiguous downgrade suggests naming the revision", () => {
  const merge = mapOf("a\nb\nm <- a b");
  expect(() => downgradeRoute(merge, ["m"], parseTarget("-1"))).toThrow(
    expect.objectContaining({
      message: 'Ambiguous walk: "m" leads to "a", "b"',
      facts: { hint: "Name the revision to go to" },
    }),
  );
});

test("the hint for an unknown row suggests --purge only if there are known rows, too", () => {
  const hint = (rows: readonly string[]): unknown => {
    try {
      upgradeRoute(line, rows, parseTarget("head"));
    } catch (error) {
      return error;
    }
  };
  expect(hint(["zzz"])).toHaveProperty("facts.hint", expect.stringContaining('"migrate stamp REV'));
  expect(hint(["a", "zzz"])).toHaveProperty("facts.hint", expect.stringContaining("stamp --purge"));
});

test("stampRoute() replaces unknown rows if there are no others", () => {
  expect(told(stampRoute(line, ["zzz", "yyy"], [parseTarget("c")]))).toBe("zzz>, yyy>, >c");
  expect(told(stampRoute(line, ["zzz"], [parseTarget("base")]))).toBe("zzz>");
  expect(unknownRows(line, ["zzz", "a"])).toEqual(["zzz"]);
});

test("stampRoute() with purge clears known rows and unknown ones", () => {
  expect(told(stampRoute(line, ["a", "zzz"], [parseTarget("c")], { purge: true }))).toBe(
    "a>, zzz>, >c",
  );
});

test("stampRoute() replaces the rows of its own line, and inserts if there are none", () => {
  expect(told(stampRoute(branches, ["d1", "c2"], [parseTarget("b")]))).toBe("d1,c2>b");
  expect(told(stampRoute(branches, ["d1"], [parseTarget("c2")]))).toBe(">c2");
  expect(stampRoute(branches, ["d1"], [parseTarget("d1")])).toEqual([]);
});

test("stampRoute() goes to several targets one after the other", () => {
  expect(told(stampRoute(branches, ["a"], [parseTarget("heads")]))).toBe("a>d1, >d2");
  expect(told(stampRoute(branches, ["d1", "d2"], [parseTarget("left@base")]))).toBe("d1>");
});

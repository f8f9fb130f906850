import { expect, test } from "bun:test";
import { ToolError } from "../../lib/error.ts";
import { resolveRevision, resolveRevisions } from "../../lib/revision/resolve.ts";
import { parseTarget } from "../../lib/revision/target.ts";
import { mapOf } from "./graphs.ts";

const map = mapOf(`
  1111aaaa
  2222aaaa "left" <- 1111aaaa
  2222bbbb "right" <- 1111aaaa
  3333bbbb <- 2222bbbb
  9999aaaa "other"
  9999bbbb <- 9999aaaa + 2222aaaa
`);

function resolved(text: string): readonly string[] {
  return resolveRevisions(map, parseTarget(text)).map((it) => it.id);
}

test("heads resolves to the real heads, and on a branch to all of its heads", () => {
  expect(resolved("heads")).toEqual(["3333bbbb", "9999bbbb"]);
  expect(resolved("1111aaaa@heads")).toEqual(["2222aaaa", "3333bbbb"]);
});

test("a label resolves to the revision that has it, and label@head to the head of its branch", () => {
  expect(resolved("right")).toEqual(["2222bbbb"]);
  expect(resolved("right@head")).toEqual(["3333bbbb"]);
});

test("a prefix of an id or a label is enough, even one letter", () => {
  expect(resolved("3")).toEqual(["3333bbbb"]);
  expect(resolved("righ")).toEqual(["2222bbbb"]);
  expect(resolved("left@22")).toEqual(["2222aaaa"]);
});

test("a prefix of both the id and the label of one revision is not ambiguous", () => {
  const twins = mapOf('abcd1 "abcd2"');
  expect(resolveRevisions(twins, parseTarget("abc")).map((it) => it.id)).toEqual(["abcd1"]);
});

test("resolveRevision() returns undefined for base", () => {
  expect(resolveRevision(map, { kind: "base" })).toBeUndefined();
});

test("current resolves to the rows, and on a branch to those of the branch", () => {
  const rows = ["3333bbbb", "9999aaaa"];
  const current = (text: string): readonly string[] =>
    resolveRevisions(map, parseTarget(text), { rows }).map((it) => it.id);
  expect(current("current")).toEqual(rows);
  expect(current("right@current")).toEqual(["3333bbbb"]);
});

const refusals: readonly (readonly [string, string, string])[] = [
  ["zzzz", "revision/unknown", "Can't locate revision identified by 'zzzz'"],
  ["current", "revision/unknown", "Can't locate revision identified by 'current'"],
  ["3333bbbb-1", "revision/unknown", "Can't locate revision identified by '3333bbbb-1'"],
  [
    "nope@head",
    "revision/unknown",
    "Can't locate revision identified by 'nope': no branch label or revision has that name",
  ],
  [
    "nope@base",
    "revision/unknown",
    "Can't locate revision identified by 'nope': no branch label or revision has that name",
  ],
  [
    "222",
    "revision/ambiguous",
    'Cannot tell which revision "222" means: it matches "2222aaaa", "2222bbbb"',
  ],
  [
    "222@head",
    "revision/ambiguous",
    'Cannot tell which revision "222" means: it matches "2222aaaa", "2222bbbb"',
  ],
  ["left@3333bbbb", "revision/target", 'Revision 3333bbbb is not on branch "left"'],
  [
    "head",
    "revision/multiple_heads",
    "Multiple head revisions are present for given argument 'head'; please specify a specific target revision, '<branchname>@head' to narrow to a specific head, or 'heads' for all heads",
  ],
];

for (const [text, code, message] of refusals) {
  test(`"${text}" is refused as ${code}`, () => {
    expect(() => resolved(text)).toThrow(expect.objectContaining({ code, message }));
  });
}

test("resolveRevisions() suggests no merge if one head depends on the other", () => {
  const dependent = mapOf("aaaa\nbbbb + aaaa");
  const hint = (of: typeof dependent) => {
    try {
      return resolveRevisions(of, parseTarget("head"));
    } catch (error) {
      return error instanceof ToolError ? error.facts.hint : error;
    }
  };
  expect(hint(dependent)).toBe(
    'The heads are "aaaa", "bbbb"; "bbbb" depends on the others: name it, or all of them as heads',
  );
  expect(hint(mapOf("aaaa\nbbbb"))).toBe(
    'The heads are "aaaa", "bbbb"; "migrate merge heads" joins all heads into one',
  );
});

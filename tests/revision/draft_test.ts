import { expect, test } from "bun:test";
import { type DraftRequest, draftRevision } from "../../lib/revision/draft.ts";
import { revisionMap } from "../../lib/revision/revision_map.ts";
import { mapOf } from "./graphs.ts";

const line = mapOf('aaaa1\nbbbb1 "core" <- aaaa1');
const branches = mapOf('aaaa1\nbbbb1 "left" <- aaaa1\nbbbb2 "right" <- aaaa1');

function draft(map: typeof line, request: Partial<DraftRequest>) {
  return draftRevision(map, { id: "new1", message: "a change", ...request }).revision;
}

test("a draft builds on the head", () => {
  expect(draft(line, {})).toEqual({
    id: "new1",
    downRevisions: ["bbbb1"],
    dependsOn: [],
    branchLabels: [],
    message: "a change",
  });
});

test("the very first draft is a base", () => {
  expect(draft(revisionMap([]), {}).downRevisions).toEqual([]);
});

test("a draft on base is another base", () => {
  expect(draft(line, { head: ["base"], branchLabels: ["other"] })).toMatchObject({
    downRevisions: [],
    branchLabels: ["other"],
  });
});

test("a draft on all heads merges them", () => {
  expect(draft(branches, { head: ["heads"] }).downRevisions).toEqual(["bbbb1", "bbbb2"]);
  expect(draft(branches, { head: ["right", "bbbb1"] }).downRevisions).toEqual(["bbbb2", "bbbb1"]);
});

test("a draft with splice begins a branch at a revision that is not a head", () => {
  expect(draft(line, { head: ["aaaa"], splice: true }).downRevisions).toEqual(["aaaa1"]);
});

test("the dependencies of a draft are written as full ids or as labels", () => {
  const { dependsOn } = draft(branches, {
    head: ["base"],
    dependsOn: ["left", "aaaa", "right@bbbb2"],
  });
  expect(dependsOn).toEqual(["left", "aaaa1", "bbbb2"]);
});

test("draft() does not suggest a merge if one head depends on the other", () => {
  const dependent = mapOf("aaaa\nbbbb + aaaa");
  expect(() => draft(dependent, {})).toThrow(
    expect.objectContaining({ facts: { hint: "Give --head REVISION" } }),
  );
});

const refusals: readonly (readonly [string, Partial<DraftRequest>, string, string])[] = [
  [
    "no choice among several heads",
    {},
    "revision/multiple_heads",
    "Multiple heads are present; please specify the head revision on which the new revision should be based, or perform a merge.",
  ],
  [
    "a head that is not one",
    { head: ["aaaa1"] },
    "revision/draft",
    "Revision aaaa1 is not a head revision; please specify --splice to create a new branch from this revision",
  ],
  [
    "the same head twice",
    { head: ["left", "bbbb1"] },
    "revision/draft",
    "Duplicate head revisions specified",
  ],
  [
    "a head and its ancestor",
    { head: ["aaaa1", "bbbb1"], splice: true },
    "revision/target",
    "Requested revision bbbb1 overlaps with other requested revisions aaaa1",
  ],
  [
    "an unknown head",
    { head: ["zzzz"] },
    "revision/unknown",
    "Can't locate revision identified by 'zzzz'",
  ],
  [
    "an unknown dependency",
    { head: ["left"], dependsOn: ["zzzz"] },
    "revision/unknown",
    "Can't locate revision identified by 'zzzz'",
  ],
  [
    "an id with a hyphen",
    { id: "new-base", head: ["left"] },
    "revision/draft",
    "Character(s) '-' not allowed in revision identifier 'new-base'",
  ],
  [
    "an existing id",
    { id: "aaaa1", head: ["left"] },
    "revision/draft",
    "Cannot use 'aaaa1' as a revision identifier: versions/aaaa1.ts already uses it as a revision",
  ],
  [
    "an id that is already a label",
    { id: "left", head: ["left"] },
    "revision/draft",
    "Cannot use 'left' as a revision identifier: versions/bbbb1.ts already uses it as a branch label",
  ],
  [
    "an id of 33 characters",
    { id: "a".repeat(33), head: ["left"] },
    "revision/draft",
    `Cannot use '${
      "a".repeat(33)
    }' as a revision identifier: it has 33 characters, and the limit is 32`,
  ],
  [
    "an existing label",
    { head: ["left"], branchLabels: ["right"] },
    "revision/draft",
    "Branch name 'right' in revision new1 already used by revision bbbb2",
  ],
  [
    "a label that is already an id",
    { head: ["left"], branchLabels: ["aaaa1"] },
    "revision/draft",
    "Branch name 'aaaa1' in revision new1 already used by revision aaaa1",
  ],
  [
    "a label that is its own id",
    { head: ["left"], branchLabels: ["new1"] },
    "revision/draft",
    "Branch name 'new1' in revision new1 already used by revision new1",
  ],
  [
    "a label that a target could not name",
    { head: ["left"], branchLabels: ["a@b"] },
    "revision/draft",
    "Character(s) '@' not allowed in branch label 'a@b'",
  ],
  [
    "a label that reads as a relative target",
    { head: ["left"], branchLabels: ["v-2"] },
    "revision/draft",
    "Character(s) '-' not allowed in branch label 'v-2'",
  ],
  [
    "an empty id",
    { id: "", head: ["left"] },
    "revision/draft",
    "Cannot use an empty string as a revision identifier",
  ],
  [
    "an empty label",
    { head: ["left"], branchLabels: [""] },
    "revision/draft",
    "Cannot use an empty string as a branch label",
  ],
  [
    "a label that is a reserved word",
    { head: ["left"], branchLabels: ["head"] },
    "revision/draft",
    "Cannot use 'head' as a branch label: it means something else",
  ],
];

for (const [what, request, code, message] of refusals) {
  test(`a draft with ${what} is refused`, () => {
    expect(() => draft(branches, request)).toThrow(expect.objectContaining({ code, message }));
  });
}

test("a draft with a hyphenated label is allowed", () => {
  expect(draft(line, { branchLabels: ["release-2-beta"] }).branchLabels).toEqual([
    "release-2-beta",
  ]);
});

test("a draft makes a valid map with the existing revisions", () => {
  const requests: readonly Partial<DraftRequest>[] = [
    { head: ["heads"] },
    { head: ["base"], dependsOn: ["left", "bbbb2"], branchLabels: ["x"] },
    { head: ["aaaa1"], splice: true },
  ];
  for (const request of requests) {
    const made = draft(branches, request);
    expect(revisionMap([...branches.revisions, made]).has("new1")).toBe(true);
  }
});

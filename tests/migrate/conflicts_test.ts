import { expect, test } from "bun:test";
import { Conflicts } from "../../lib/migrate/conflicts.ts";
import { VersionConflict } from "../../lib/migrate/version_conflict.ts";
import type { Plan, Step } from "../../lib/plan/plan.ts";
import { revision } from "../revision/graphs.ts";

/** Returns the error codes of successive conflicts, in steps that expect the rows `places`. */
async function codesOf(
  { places, transactional }: {
    readonly places: readonly string[];
    readonly transactional: boolean;
  },
): Promise<readonly (string | undefined)[]> {
  const conflicts = new Conflicts();
  const codes: (string | undefined)[] = [];
  for (const place of places) {
    const move = { direction: "upgrade", revision: revision("next") } as const;
    const step: Step = { move, before: [place], after: ["next"], changes: [], work: [] };
    const plan: Plan = {
      segments: [
        { transactional, steps: [step] },
        { transactional: !transactional, steps: [{ ...step, before: ["other"] }] },
      ],
      from: [place],
      to: ["next"],
    };
    codes.push((await conflicts.add(new VersionConflict(), plan, step))?.code);
  }
  return codes;
}

test("a run continues after conflicts as long as it advances, and fails if it stays in place", async () => {
  const none = undefined;
  expect(await codesOf({ places: ["a", "b", "c", "d", "e", "f"], transactional: true }))
    .toEqual([none, none, none, none, none, none]);
  expect(await codesOf({ places: ["a", "b", "b", "b", "b"], transactional: true }))
    .toEqual([none, none, none, none, "database/conflict"]);
});

test("work outside a transaction continues after conflicts even in place", async () => {
  const places = ["a", "a", "a", "a", "a"];
  expect(await codesOf({ places, transactional: false })).toEqual(places.map(() => undefined));
});

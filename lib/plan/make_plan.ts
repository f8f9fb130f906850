import type { RevisionMap } from "../revision/revision_map.ts";
import type { Move } from "../revision/route.ts";
import type { RevisionId } from "../revision/revision.ts";
import { applyVersionChanges, versionChanges } from "../revision/version_changes.ts";
import type { Plan, Step, StepContent } from "./plan.ts";

export interface PlanInput {
  readonly map: RevisionMap;
  /** The contents of the version table. */
  readonly rows: readonly RevisionId[];
  /** In execution order. */
  readonly moves: readonly Move[];
  /** Returns the content of `move`; called once for each move. */
  readonly contentOf: (move: Move) => StepContent;
  /** Where transactions end: after the whole run, or after each step. */
  readonly boundaries: "run" | "step";
  /**
   * Returns the digest of all files that are applied at `heads`, if all of them are as recorded.
   */
  readonly sourcesAt?: ((heads: readonly RevisionId[]) => string | undefined) | undefined;
}

/**
 * Returns the plan that makes `moves` in order.
 *
 * Adjacent transactional steps share a segment unless `boundaries` is "step"; a step that must not
 * run in a transaction always has its own.
 */
export function makePlan(
  { map, rows, moves, contentOf, boundaries, sourcesAt }: PlanInput,
): Plan {
  const segments: { readonly transactional: boolean; readonly steps: Step[] }[] = [];
  let before = rows;
  for (const [index, move] of moves.entries()) {
    const { work, transactional, referring, source, timeouts } = contentOf(move);
    const changes = versionChanges(map, before, move);
    const after = applyVersionChanges(before, changes);
    const sources = index === moves.length - 1 ? sourcesAt?.(after) : undefined;
    const step: Step = {
      ...{ move, before, after, changes, work },
      ...(referring && { referring }),
      ...(source && { source }),
      ...(timeouts && { timeouts }),
      ...(sources !== undefined && { sources }),
    };
    const last = segments.at(-1);
    if (last && boundaries === "run" && last.transactional && transactional) last.steps.push(step);
    else segments.push({ transactional, steps: [step] });
    before = after;
  }
  return { from: rows, to: before, segments };
}

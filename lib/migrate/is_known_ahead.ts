import type { StepContent } from "../plan/plan.ts";

/**
 * Returns whether all statements of `work` are known before it runs, so that they can be sent as
 * one batch.
 */
export function isKnownAhead({ work }: Pick<StepContent, "work">): boolean {
  return work.every((it) => it.kind === "statement" || it.kind === "deferred");
}

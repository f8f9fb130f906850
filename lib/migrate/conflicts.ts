import { setTimeout as sleep } from "node:timers/promises";
import { ToolError } from "../error.ts";
import type { Plan, Step } from "../plan/plan.ts";
import type { VersionConflict } from "./version_conflict.ts";

/**
 * Other runs move the heads: this many conflicts in a row at the same heads cannot be caused by
 * them.
 */
const mostInOnePlace = 4;

/**
 * Tells a run that was overtaken, and is planned again, from one whose revisions change the version
 * table themselves.
 */
export class Conflicts {
  #place: string | undefined;
  #inOnePlace = 0;

  /**
   * Returns the error of a run that cannot continue, or `undefined` if it can. After a repeated
   * conflict at the same heads it waits first: a replica may not have seen yet what another run has
   * committed.
   *
   * @param next The step that found other version rows than it expects.
   */
  async add(
    conflict: VersionConflict,
    plan: Plan,
    next: Step | undefined,
  ): Promise<ToolError | undefined> {
    const place = next && hasOwnTransaction(plan, next) ? next.before.join() : undefined;
    this.#inOnePlace = place !== undefined && place === this.#place ? this.#inOnePlace + 1 : 1;
    this.#place = place;
    if (this.#inOnePlace === 1) return undefined;
    if (this.#inOnePlace === mostInOnePlace) {
      return new ToolError(
        "database/conflict",
        "Cannot continue: the version table changes while the revisions run",
        {
          hint: "Let no revision write to the version table: migrate does that itself",
          cause: conflict,
        },
      );
    }
    await sleep(250 * this.#inOnePlace);
    return undefined;
  }
}

/**
 * Work outside a transaction stays at the same heads while other runs continue with its statements.
 */
function hasOwnTransaction(plan: Plan, step: Step): boolean {
  return plan.segments.some((it) => it.transactional && it.steps.includes(step));
}

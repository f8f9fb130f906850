import { ToolError } from "../error.ts";
import type { RevisionId } from "../revision/revision.ts";
import type { Step } from "../plan/plan.ts";

/** The error of a failed run, with what it had committed. */
export class RunError extends ToolError {
  override readonly name = "RunError";
  readonly committed: {
    readonly steps: readonly Step[];
    readonly from: readonly RevisionId[];
    /** The heads of the database now; absent if nobody knows whether the last step was committed. */
    readonly to?: readonly RevisionId[];
  };

  constructor(cause: ToolError, committed: RunError["committed"]) {
    super(cause.code, cause.message, { ...cause.facts, cause: cause.facts.cause ?? cause });
    this.committed = committed;
  }
}

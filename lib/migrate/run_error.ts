import { ToolError } from "../error.ts";
import type { Step } from "../plan/plan.ts";
import { type StepView, stepView } from "../report/step_view.ts";

/** What a run has committed, which stays. */
export interface Committed {
  /** In the order in which they were executed. */
  readonly steps: readonly StepView[];
  /** The heads of the database before the run. */
  readonly from: readonly string[];
  /** The heads of the database now; null if nobody knows whether the last work was committed. */
  readonly to: readonly string[] | null;
}

/**
 * The error of a failed run, with what it had committed. Its `cause` is a `DatabaseError` if the
 * server refused a statement.
 */
export class RunError extends ToolError {
  override readonly name = "RunError";
  readonly committed: Committed;

  constructor(cause: ToolError, committed: Committed) {
    super(cause.code, cause.message, { ...cause.facts, cause: cause.facts.cause ?? cause });
    this.committed = committed;
  }
}

/** Returns what is told of a run that has committed `steps`. */
export function committedBy(
  { steps, from, to }: Omit<Committed, "steps"> & {
    readonly steps: readonly Pick<Step, "move">[];
  },
): Committed {
  return { steps: steps.map((it) => stepView(it.move)), from, to };
}

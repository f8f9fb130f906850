import type { ToolError } from "../error.ts";
import type { Plan, Step } from "../plan/plan.ts";

/**
 * What a project does around a run, and around each of its steps. A run without steps calls none.
 */
export interface RunHooks {
  /**
   * Called under the lock, before anything is done.
   *
   * @throws {ToolError} To stop the run.
   */
  readonly beforeRun?: ((plan: Plan) => Promise<void>) | undefined;
  /**
   * Backs up the database, after `beforeRun`, and returns the file.
   *
   * @throws {ToolError} To stop the run.
   */
  readonly backup?: ((plan: Plan) => Promise<string>) | undefined;
  /** Called before the step's first statement, in its transaction if it has one. */
  readonly beforeStep?: ((step: Step) => Promise<void>) | undefined;
  /**
   * Called after the step's last statement, in its transaction if it has one; else once the step is
   * committed.
   */
  readonly afterStep?: ((step: Step) => Promise<void>) | undefined;
  /** Called once everything is committed. */
  readonly afterRun?: ((plan: Plan) => Promise<void>) | undefined;
  /**
   * Called when a run has failed, once what was not committed is rolled back. It must not throw.
   */
  readonly onError?: ((error: ToolError, step: Step | undefined) => Promise<void>) | undefined;
}

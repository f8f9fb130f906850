import type { ToolError } from "../error.ts";
import type { Plan, Step } from "../plan/plan.ts";

/** What a project does around a run, and around each of its steps. A run without steps calls none. */
export interface RunHooks {
  /** Under the lock, before anything is done. @throws {ToolError} To stop the run. */
  readonly beforeRun?: ((plan: Plan) => Promise<void>) | undefined;
  /** Saves the database, behind `beforeRun`, and returns the file. @throws {ToolError} To stop the run. */
  readonly backup?: ((plan: Plan) => Promise<string>) | undefined;
  /** Before the step's first statement, in its transaction if it has one. */
  readonly beforeStep?: ((step: Step) => Promise<void>) | undefined;
  /** Behind the step's last statement, in its transaction if it has one; else when the step is committed. */
  readonly afterStep?: ((step: Step) => Promise<void>) | undefined;
  /** When all is committed. */
  readonly afterRun?: ((plan: Plan) => Promise<void>) | undefined;
  /** When a run has failed, and what was not committed is rolled back. It must not throw. */
  readonly onError?: ((error: ToolError, step: Step | undefined) => Promise<void>) | undefined;
}

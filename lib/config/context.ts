import type { Committed } from "../migrate/run_error.ts";
import type { Env } from "../database/env.ts";

/** What a command needs of its environment, so that everything else is a function of its input. */
export interface Context {
  /** Absolute. */
  readonly cwd: string;
  readonly env: Env;
  /** Aborted when the user interrupts. */
  readonly signal?: AbortSignal;
  /** Called when a run begins, with a function that returns what it has committed so far. */
  onRun?(committed: () => Committed): void;
  now(): Date;
  /** Who runs the tool, and on which host. */
  identity(): Promise<{ readonly osUser: string; readonly host: string }>;
  newRevisionId(): string;
  /** Asks the user at the terminal, and returns the answer; `undefined` if there is no terminal. */
  confirm?(question: string): Promise<boolean | undefined>;
  /**
   * Runs a child process on this process's terminal, or with its output passed to `onLine`, and
   * returns its exit status.
   *
   * @throws {Error} If it cannot be started.
   */
  run(command: readonly string[], options?: ChildOptions): Promise<number>;
}

/** How a child process is run. */
export interface ChildOptions {
  /** Default: that of this process. */
  readonly cwd?: string;
  /** Default: that of this process. */
  readonly env?: Env;
  /** Receives each line of its output, from stdout and stderr alike. Its input is then empty. */
  readonly onLine?: ((line: string) => void) | undefined;
  /** Aborting kills the process. */
  readonly signal?: AbortSignal | undefined;
}

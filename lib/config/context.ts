/** What a command needs of the world around it, so that everything else is a function of its input. */
export interface Context {
  /** Absolute. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Aborted when the user interrupts. */
  readonly signal?: AbortSignal;
  now(): Date;
  /** Who runs the tool, and where. */
  identity(): Promise<{ readonly osUser: string; readonly host: string }>;
  newRevisionId(): string;
  /** Asks whoever sits at the terminal, and returns the answer; undefined if nobody does. */
  confirm?(question: string): Promise<boolean | undefined>;
  /**
   * Runs a child process on the terminal of this one, or with what it says taken by `onLine`, and returns
   * its exit status.
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
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Takes what it writes, a line each, on either of its outputs. Its input is then empty. */
  readonly onLine?: ((line: string) => void) | undefined;
  /** Ends it. */
  readonly signal?: AbortSignal | undefined;
}

/** The moments of a run at which a project's own code or commands are called. */
export type CallbackName = "beforeRun" | "afterRun" | "beforeStep" | "afterStep" | "onError";

export const callbackNames = [
  "beforeRun",
  "afterRun",
  "beforeStep",
  "afterStep",
  "onError",
] as const satisfies readonly CallbackName[];

/** What a callback is passed. */
export interface CallbackEvent {
  readonly callback: CallbackName;
  /** Without its password. */
  readonly database: string;
  readonly direction: "upgrade" | "downgrade" | "stamp";
  /** The heads before and after the whole run. */
  readonly from: readonly string[];
  readonly to: readonly string[];
  /** The number of steps in the run. */
  readonly steps: number;
  /** The revision of the step, or of the one that failed; for a stamp, its target. */
  readonly revision?: string | undefined;
  readonly message?: string | undefined;
  /** The file that the database was backed up to. */
  readonly backup?: string | undefined;
  /** What went wrong. */
  readonly error?: string | undefined;
}

/** The callbacks that `env.ts` exports. A run waits for each, and one that throws stops it. */
export type Callbacks = {
  readonly [Name in CallbackName]?: (event: CallbackEvent) => void | Promise<void>;
};

/** When a project's own code or commands are called around a run. */
export const callbackNames = [
  "beforeRun",
  "afterRun",
  "beforeStep",
  "afterStep",
  "onError",
] as const;

export type CallbackName = typeof callbackNames[number];

/** What a callback is told. */
export interface CallbackEvent {
  readonly callback: CallbackName;
  /** Without its password. */
  readonly database: string;
  readonly direction: "upgrade" | "downgrade" | "stamp";
  /** Of the run: where the database stood, and where it is to stand. */
  readonly from: readonly string[];
  readonly to: readonly string[];
  /** How many steps the run has. */
  readonly steps: number;
  /** Of a step, or of the one that failed; of a stamp, where it goes. */
  readonly revision?: string | undefined;
  readonly message?: string | undefined;
  /** The file that the database was saved to. */
  readonly backup?: string | undefined;
  /** What went wrong. */
  readonly error?: string | undefined;
}

/** The callbacks that `env.ts` exports. A run waits for each, and one that throws stops it. */
export type Callbacks = {
  readonly [Name in CallbackName]?: (event: CallbackEvent) => void | Promise<void>;
};

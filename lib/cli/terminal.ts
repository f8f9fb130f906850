/** A destination for text. */
export interface Output {
  write(text: string): void;
  readonly isTerminal: boolean;
  /** The width of the terminal in characters; absent if it is not a terminal. */
  readonly columns?: number | undefined;
}

export interface Terminal {
  /** Results. */
  readonly stdout: Pick<Output, "write">;
  /** Log, progress and errors. */
  readonly stderr: Output;
}

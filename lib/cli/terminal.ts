/** Where text goes. */
export interface Output {
  write(text: string): void;
  readonly isTerminal: boolean;
  /** How many characters a line of the terminal has; absent where it is none. */
  readonly columns?: number | undefined;
}

export interface Terminal {
  /** Results. */
  readonly stdout: Pick<Output, "write">;
  /** Log, progress and errors. */
  readonly stderr: Output;
}

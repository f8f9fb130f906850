/** The smallest meaningful part of a script. */
export interface Token {
  /** As written; a lone line feed stands for a line break that matters. */
  readonly text: string;
  /** Where it begins, counted from 1; absent if it is of no use to a reader. */
  readonly line: number | undefined;
}

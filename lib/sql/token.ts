/** The smallest part of a script that means something. */
export interface Token {
  /** As written; a line feed of its own stands for a line's end that means something. */
  readonly text: string;
  /** Where it begins, counted from 1; absent: it says nothing that a reader would look for. */
  readonly line: number | undefined;
}

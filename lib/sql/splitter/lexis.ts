import type { Enclosure } from "./enclosure.ts";
import type { StatementHeads } from "./statement_shape.ts";

/**
 * The lexical rules of a database, as far as the splitter needs them. Global expressions match one
 * token at a time.
 */
export interface Lexis {
  /** The next single character that may begin an enclosure or end a statement. */
  readonly marks: RegExp;
  /** Matches the same, parentheses and whole words, except words that are the prefix of a string. */
  readonly words: RegExp;
  readonly heads: StatementHeads;
  /** Sticky: matches the beginning of every statement that `heads` may list. */
  readonly special: RegExp;
  /** Where a `--` comment ends. */
  readonly lineEnd: RegExp;
  /** Returns the enclosure that a slash and an asterisk open. */
  readonly blockComment: () => Enclosure;
  /**
   * The character that begins a command of the database's command-line shell, and the name of that
   * shell.
   */
  readonly shell: { readonly character: string; readonly name: string };
  /**
   * Returns what `token` opens, or undefined if that cannot be told without more text.
   *
   * @param from Where to stop looking back: no text before it belongs to `token`.
   */
  open(text: string, token: Token, from: number): Opening | undefined;
}

export interface Token {
  readonly at: number;
  /** In lower case. */
  readonly text: string;
}

export type Opening =
  | { readonly kind: "quoted"; readonly enclosure: Enclosure; readonly inside: number }
  | { readonly kind: "lineComment" | "blockComment" | "semicolon" | "shell" }
  /** Nothing; continue at `behind`. */
  | { readonly kind: "other"; readonly behind: number };

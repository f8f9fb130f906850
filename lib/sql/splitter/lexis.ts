import type { Enclosure } from "./enclosure.ts";
import type { StatementHeads } from "./statement_shape.ts";

/** What a database's lexer knows that the splitter needs. Its global expressions match one token each. */
export interface Lexis {
  /** The next single character that may begin an enclosure or end a statement. */
  readonly marks: RegExp;
  /** The same, and parentheses and whole words, save words that are the prefix of a string. */
  readonly words: RegExp;
  readonly heads: StatementHeads;
  /** Sticky: how a statement begins that `heads` may know. */
  readonly special: RegExp;
  /** Where a `--` comment ends. */
  readonly lineEnd: RegExp;
  /** Returns what a slash and an asterisk open. */
  readonly blockComment: () => Enclosure;
  /** The character that begins a command of the database's own shell, and that shell's name. */
  readonly shell: { readonly character: string; readonly name: string };
  /**
   * Returns what `token` opens. Undefined: more text must come before that can be said.
   *
   * @param from No earlier text belongs to `token`.
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
  /** Nothing; go on behind it. */
  | { readonly kind: "other"; readonly behind: number };

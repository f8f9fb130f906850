/** Whose rules say where a statement ends. */
export type ScriptGrammar = "postgres" | "sqlite";

/** A script falls into these, in the order of its text. Lines are counted from 1. */
export type ScriptPiece =
  | {
    readonly kind: "statement";
    /** From its first token to its last: no comments before or behind it, no semicolon. */
    readonly sql: string;
    readonly line: number;
    /** No semicolon ended it, but the script's end or a section's beginning. */
    readonly unterminated?: true;
  }
  /** A `COPY … FROM STDIN`. Any number of `data` and one `copyEnd` follow it. */
  | { readonly kind: "copy"; readonly sql: string; readonly line: number }
  /** The next part of a COPY's data, cut anywhere, without the closing `\.` line. */
  | { readonly kind: "data"; readonly text: string }
  | { readonly kind: "copyEnd" }
  /** A line that says `-- migrate:up` or `-- migrate:down`. */
  | { readonly kind: "section"; readonly direction: "up" | "down"; readonly line: number };

/** Pieces as they are found. An undefined asks for more text, from the window's `at` on. */
export type Pieces<Result = void> = Generator<ScriptPiece | undefined, Result, void>;

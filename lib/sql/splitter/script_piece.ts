/** The database whose rules determine where a statement ends. */
export type ScriptGrammar = "postgres" | "sqlite";

/** The parts that a script is split into, in the order of its text. Lines are counted from 1. */
export type ScriptPiece =
  | {
    readonly kind: "statement";
    /** From its first token to its last: no comments around it, no semicolon. */
    readonly sql: string;
    readonly line: number;
    /** It was ended not by a semicolon, but by the end of the script or the beginning of a section. */
    readonly unterminated?: true;
  }
  /** A `COPY … FROM STDIN`, followed by any number of `data` and one `copyEnd`. */
  | { readonly kind: "copy"; readonly sql: string; readonly line: number }
  /** The next part of a COPY's data, split at any position, without the closing `\.` line. */
  | { readonly kind: "data"; readonly text: string }
  | { readonly kind: "copyEnd" }
  /** A line with `-- migrate:up` or `-- migrate:down`. */
  | { readonly kind: "section"; readonly direction: "up" | "down"; readonly line: number };

/** The beginning of a section. */
export type Section = Extract<ScriptPiece, { kind: "section" }>;

/**
 * Pieces as they are found. Yields undefined to ask for more text, to be read from the window's `at`
 * on.
 */
export type Pieces<Result = void> = Generator<ScriptPiece | undefined, Result, void>;

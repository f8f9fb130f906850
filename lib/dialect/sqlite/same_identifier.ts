import type { Token } from "./tokens.ts";

/** Says whether SQLite takes both for the same name: it does not tell upper case from lower. */
export function sameIdentifier(a: string | undefined, b: string | undefined): boolean {
  return a !== undefined && b !== undefined && a.toLowerCase() === b.toLowerCase();
}

/** Says whether `tokens` may name `column`: strings and the names of functions are none. */
export function mentions(tokens: readonly Token[], column: string): boolean {
  return tokens.some((it, at) =>
    !it.text.startsWith("'") && sameIdentifier(it.name, column) &&
    !(it.word !== undefined && tokens[at + 1]?.text === "(")
  );
}

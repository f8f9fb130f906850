import type { Token } from "./tokens.ts";

/** Says whether SQLite takes both for the same name. */
export function sameIdentifier(a: string | undefined, b: string | undefined): boolean {
  return a !== undefined && b !== undefined && foldCase(a) === foldCase(b);
}

/** Returns the form that all spellings of `name` share: SQLite ignores the case of letters, but only of ASCII's. */
export function foldCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (it) => it.toLowerCase());
}

/** Says whether `tokens` may name `column`: strings and the names of functions are none. */
export function mentions(tokens: readonly Token[], column: string): boolean {
  return tokens.some((it, at) =>
    !it.text.startsWith("'") && sameIdentifier(it.name, column) &&
    !(it.word !== undefined && tokens[at + 1]?.text === "(")
  );
}

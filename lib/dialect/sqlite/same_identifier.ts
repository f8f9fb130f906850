import type { Token } from "./tokens.ts";

/** Says whether both are the same name to SQLite. */
export function sameIdentifier(a: string | undefined, b: string | undefined): boolean {
  return a !== undefined && b !== undefined && foldCase(a) === foldCase(b);
}

/** Returns the form that all spellings of `name` share: SQLite ignores the case of ASCII letters only. */
export function foldCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (it) => it.toLowerCase());
}

/** Says whether `tokens` may name `column`; strings and names of functions do not count. */
export function mentions(tokens: readonly Token[], column: string): boolean {
  return tokens.some((it, at) =>
    !it.text.startsWith("'") && sameIdentifier(it.name, column) &&
    !(it.word !== undefined && tokens[at + 1]?.text === "(")
  );
}

import { keywords } from "../../sql/reserved_words.ts";
import type { Token } from "./tokens.ts";

/** Says whether both are the same name to SQLite. */
export function sameIdentifier(a: string | undefined, b: string | undefined): boolean {
  return a !== undefined && b !== undefined && foldCase(a) === foldCase(b);
}

/** Returns the form that all spellings of `name` share: SQLite ignores the case of ASCII letters only. */
export function foldCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (it) => it.toLowerCase());
}

/** Says whether `tokens` may name `column`; strings, names of functions and keywords do not count. */
export function mentions(tokens: readonly Token[], column: string): boolean {
  let cases = 0;
  return tokens.some(({ text, word, name }, at) => {
    if (word === "CASE") cases += 1;
    if (word === "END" && cases > 0) {
      cases -= 1;
      return false;
    }
    const isName = word === undefined
      ? !text.startsWith("'")
      : !keywords.has(word.toLowerCase()) && tokens[at + 1]?.text !== "(";
    return isName && sameIdentifier(name, column);
  });
}

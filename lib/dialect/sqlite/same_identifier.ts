import { CaseEnds } from "../../sql/case_ends.ts";
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
  const caseEnds = new CaseEnds();
  return tokens.some(({ text, word, name }, at) => {
    const folded = word?.toLowerCase() ?? "";
    const isKeyword = caseEnds.take(folded) || keywords.has(folded);
    const isFunction = word !== undefined && tokens[at + 1]?.text === "(";
    return !isKeyword && !isFunction && !text.startsWith("'") && sameIdentifier(name, column);
  });
}

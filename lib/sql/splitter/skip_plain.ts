import type { Lexis } from "./lexis.ts";

/**
 * Returns the first mark from `at` on that does not open a string or quoted identifier that ends within
 * `text`, or -1. All of a large script passes through here, so this allocates nothing.
 */
export function skipPlain(text: string, at: number, { marks }: Lexis): number {
  for (let from = at;;) {
    marks.lastIndex = from;
    if (!marks.test(text)) return -1;
    const mark = marks.lastIndex - 1;
    const code = text.charCodeAt(mark);
    const isString = code === apostrophe && (text.charCodeAt(mark - 1) | 32) !== letterE;
    if (!isString && code !== quotationMark) return mark;
    const end = text.indexOf(isString ? "'" : '"', mark + 1);
    if (end < 0) return mark;
    from = end + 1;
  }
}

/**
 * Returns the position of the semicolon that ends the statement at `at`, if it is easily found; else
 * -1.
 */
export function plainStatementEnd(text: string, at: number, lexis: Lexis): number {
  lexis.special.lastIndex = at;
  if (lexis.special.test(text)) return -1;
  const mark = skipPlain(text, at, lexis);
  return text.charCodeAt(mark) === semicolon ? mark : -1;
}

const quotationMark = 34;
const apostrophe = 39;
const semicolon = 59;
const letterE = 101;

/**
 * Tokenizes a statement that SQLite has accepted and keeps in `sqlite_schema`.
 *
 * @module
 */

import { anyOf, sqliteWholes, unclosedComment } from "../../sql/lexemes.ts";

export interface Token {
  readonly text: string;
  /** The text in upper case, if it is a bare word. */
  readonly word?: string;
  /** The text without its quotes, if it can be a name. */
  readonly name?: string;
  readonly start: number;
  readonly end: number;
  /** How many parentheses enclose it; the outermost parentheses themselves have 0. */
  readonly depth: number;
}

const pattern = anyOf(
  String.raw`\s+`,
  ...sqliteWholes,
  unclosedComment,
  String.raw`[\p{L}\p{N}_$]+`,
  "[^]",
);

/** Returns the tokens of `sql`, without comments. */
export function tokenize(sql: string): readonly Token[] {
  const tokens: Token[] = [];
  let depth = 0;
  for (const { 0: text, index: start } of sql.matchAll(pattern)) {
    if (passedOver.test(text)) continue;
    if (text === ")") depth -= 1;
    tokens.push(tokenOf(text, start, depth));
    if (text === "(") depth += 1;
  }
  return tokens;
}

const passedOver = /^(?:\s|--|\/\*)/;
const bare = /^[\p{L}\p{N}_$]/u;

/** Spelled out for each kind of token, for speed: thousands of tables have hundreds of thousands of tokens. */
function tokenOf(text: string, start: number, depth: number): Token {
  const end = start + text.length;
  if (bare.test(text)) return { text, word: text.toUpperCase(), name: text, start, end, depth };
  const name = text.length < 2 ? undefined : unquoted(text);
  return name === undefined ? { text, start, end, depth } : { text, name, start, end, depth };
}

function unquoted(text: string): string | undefined {
  const [first = ""] = text;
  if (text.length < 2 || !`"'\`[`.includes(first)) return undefined;
  return first === "[" ? text.slice(1, -1) : text.slice(1, -1).replaceAll(first + first, first);
}

/** Returns the tokens inside parentheses. */
export function enclosed(tokens: readonly Token[]): readonly Token[] {
  const outer = Math.min(...tokens.map((it) => it.depth));
  return tokens.filter((it) => it.depth > outer);
}

/** Splits at the outermost commas between the parentheses at `open`. */
export function listItems(
  tokens: readonly Token[],
  open: number,
): readonly (readonly Token[])[] {
  const found: Token[][] = [[]];
  for (const it of tokens.slice(open + 1)) {
    if (it.depth === 0) break;
    if (it.depth === 1 && it.text === ",") found.push([]);
    else found.at(-1)?.push(it);
  }
  return found;
}

/** Returns the text between the parenthesis `tokens[open]` and its counterpart; empty if it is no parenthesis. */
export function parenthesised(tokens: readonly Token[], open: number, sql: string): string {
  const from = tokens[open];
  const to = tokens.findIndex((it, at) => at > open && it.text === ")" && it.depth === from?.depth);
  return from?.text === "(" ? textOf(tokens.slice(open + 1, to), sql) : "";
}

/** Returns the text of `tokens` in `sql`, without a comment behind them: it could swallow what is put there. */
export function textOf(tokens: readonly Token[], sql: string): string {
  return sql.slice(tokens[0]?.start ?? 0, tokens.at(-1)?.end ?? 0);
}

import { enclosedBy, escapeString, matchesAt, nestedComment } from "./enclosure.ts";
import type { Lexis, Opening } from "./lexis.ts";

const string = enclosedBy("string", "'");
const quotedIdentifier = enclosedBy("quoted identifier", '"');

/**
 * https://www.postgresql.org/docs/current/sql-syntax-lexical.html
 *
 * PostgreSQL takes every character beyond ASCII for a letter, so `\s` and `\w` do not match its spaces
 * and letters.
 */
export const postgresLexis: Lexis = {
  marks: /['"$;\\]|-(?=-)|\/(?=\*)/g,
  words: /[A-Za-z_\x80-\uffff][\w$\x80-\uffff]*(?!['\w$\x80-\uffff])|['"$;()\\]|-(?=-)|\/(?=\*)/g,
  heads: new Map([
    ["copy", "copy"],
    ["create rule", "rule"],
    ["create or replace rule", "rule"],
    ["create function", "routine"],
    ["create or replace function", "routine"],
    ["create procedure", "routine"],
    ["create or replace procedure", "routine"],
  ]),
  special: /copy|create(?! (?:index|table|type|unique|view) )/iy,
  lineEnd: /[\n\r]/g,
  blockComment: nestedComment,
  shell: { character: "\\", name: "psql" },
  open(text, token, from) {
    const { at } = token;
    switch (token.text) {
      case "'": {
        const enclosure = isEscapePrefix(text, at, from) ? escapeString : string;
        return { kind: "quoted", enclosure, inside: at + 1 };
      }
      case '"':
        return { kind: "quoted", enclosure: quotedIdentifier, inside: at + 1 };
      case "$":
        return openDollar(text, at, from);
      case "/":
        return { kind: "blockComment" };
      case "-":
        return { kind: "lineComment" };
      case ";":
        return { kind: "semicolon" };
      case "\\":
        return { kind: "shell" };
      default:
        return { kind: "other", behind: at + token.text.length };
    }
  },
};

/** Says whether the quote at `at` follows an `E` that is a whole word. */
function isEscapePrefix(text: string, at: number, from: number): boolean {
  return at > from && /[Ee]/.test(text.charAt(at - 1)) && !isInWord(text, at - 1, from);
}

/** Inside a word, a dollar sign is part of the word; elsewhere, it may open a dollar-quoted string. */
function openDollar(text: string, at: number, from: number): Opening | undefined {
  const inWord = isInWord(text, at, from);
  if (!inWord && matchesAt(dollarTag, text, at)) {
    const inside = dollarTag.lastIndex;
    const enclosure = enclosedBy("dollar-quoted string", text.slice(at, inside));
    return { kind: "quoted", enclosure, inside };
  }
  matchesAt(wordRest, text, at);
  if (wordRest.lastIndex === text.length) return undefined;
  return { kind: "other", behind: inWord ? wordRest.lastIndex : at + 1 };
}

const dollarTag = /\$(?:[A-Za-z_\x80-\uffff][\w\x80-\uffff]*)?\$/y;
const wordRest = /[\w$\x80-\uffff]+/y;

function isInWord(text: string, at: number, from: number): boolean {
  return at > from && /[\w$\x80-\uffff]/.test(text.charAt(at - 1));
}

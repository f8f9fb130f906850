import { enclosedBy } from "./enclosure.ts";
import type { Lexis } from "./lexis.ts";

const string = enclosedBy("string", "'");
const identifiers = {
  '"': enclosedBy("quoted identifier", '"'),
  "`": enclosedBy("quoted identifier", "`"),
  "[": enclosedBy("quoted identifier", "]"),
};
const comment = enclosedBy("comment", "*/");

/** https://www.sqlite.org/lang_keywords.html and https://www.sqlite.org/lang_comment.html */
export const sqliteLexis: Lexis = {
  marks: /['"`[;]|-(?=-)|\/(?=\*)/g,
  words: /[A-Za-z_\x80-\uffff][\w$\x80-\uffff]*(?!['\w$\x80-\uffff])|['"`[;()]|-(?=-)|\/(?=\*)/g,
  heads: new Map([
    ["create trigger", "trigger"],
    ["create temp trigger", "trigger"],
    ["create temporary trigger", "trigger"],
  ]),
  special: /create(?! (?:index|table|unique|view) )/iy,
  lineEnd: /\n/g,
  blockComment: () => comment,
  shell: { character: ".", name: "sqlite3" },
  open(_text, { at, text }) {
    switch (text) {
      case "'":
        return { kind: "quoted", enclosure: string, inside: at + 1 };
      case '"':
      case "`":
      case "[":
        return { kind: "quoted", enclosure: identifiers[text], inside: at + 1 };
      case "/":
        return { kind: "blockComment" };
      case "-":
        return { kind: "lineComment" };
      case ";":
        return { kind: "semicolon" };
      default:
        return { kind: "other", behind: at + text.length };
    }
  },
};

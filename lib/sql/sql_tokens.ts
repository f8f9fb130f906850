import {
  backquotedName,
  bracketedName,
  escapedString,
  escapeString,
  quotedName,
  quotedString,
} from "./lexemes.ts";
import type { ScriptGrammar, ScriptPiece } from "./splitter/script_piece.ts";
import type { Token } from "./token.ts";

/**
 * Returns the tokens of a script that mean something to a database: the words, literals and operators
 * of its statements, the data of its COPYs and the beginnings of its sections, without comments or
 * white space.
 *
 * @throws {Error} If they cannot be determined with certainty.
 */
export function sqlTokens(
  pieces: readonly ScriptPiece[],
  grammar: ScriptGrammar,
): readonly Token[] {
  const tokens: Token[] = [];
  for (const piece of pieces) {
    switch (piece.kind) {
      case "statement":
      case "copy":
        readTokens(piece.sql, piece.line, grammar, tokens);
        tokens.push({ text: ";", line: undefined });
        break;
      case "data":
        tokens.push({ text: piece.text, line: undefined });
        break;
      case "section":
        tokens.push({ text: `migrate:${piece.direction}`, line: undefined });
        break;
      case "copyEnd":
        break;
    }
  }
  return tokens;
}

/** Adds the tokens of a statement, which begins on `firstLine`, to `into`. */
function readTokens(sql: string, firstLine: number, grammar: ScriptGrammar, into: Token[]): void {
  const expression = grammars[grammar];
  let line = firstLine;
  let lineEnd = sql.indexOf("\n");
  for (let at = 0; at < sql.length;) {
    expression.lastIndex = at;
    const found = expression.exec(sql);
    const text = found?.[1];
    if (found === null || (text === undefined && found[0].length === 0)) {
      throw new Error("An enclosure that never ends");
    }
    at += found[0].length;
    if (text === undefined) continue;
    const start = at - text.length;
    for (; lineEnd >= 0 && lineEnd < start; lineEnd = sql.indexOf("\n", lineEnd + 1)) line++;
    if (text === "/*") at = nestedCommentEnd(sql, start);
    else into.push({ text, line });
  }
}

/** The first group is the token, after any gaps. A quote that remains is one that is never closed. */
function grammar(gap: string, ...literals: readonly string[]): RegExp {
  const word = String.raw`[A-Za-z_\x80-\uffff][\w$\x80-\uffff]*|\d[\w.]*`;
  const operator = String.raw`(?:(?!--|\/\*)[-+*\/<>=~!@#%^&|?:])+`;
  return new RegExp(
    `(?:${gap})*(${literals.join("|")}|${word}|${operator}|[^'"\`\\s])?`,
    "y",
  );
}

const string = `(?:[bBxXnN]|[uU]&)?${quotedString}`;

/** https://www.postgresql.org/docs/current/sql-syntax-lexical.html and https://www.sqlite.org/lang_comment.html */
const grammars: Readonly<Record<ScriptGrammar, RegExp>> = {
  postgres: grammar(
    String.raw`[ \t\n\r\f\v]+|--[^\n\r]*`,
    String.raw`\/\*`,
    String.raw`${escapeString}(?:[ \t\f\v]*[\n\r][ \t\n\r\f\v]*${escapedString})*`,
    string,
    quotedName,
    String.raw`(\$(?:[A-Za-z_\x80-\uffff][\w\x80-\uffff]*)?\$)[^]*?\2`,
    String.raw`\$\d+`,
  ),
  sqlite: grammar(
    String.raw`[ \t\n\r\f\v]+|--[^\n]*|\/\*[^]*?(?:\*\/|$)`,
    string,
    quotedName,
    backquotedName,
    bracketedName,
    String.raw`[$@:?][\w$]+`,
  ),
};

function nestedCommentEnd(sql: string, from: number): number {
  const edge = /\/\*|\*\//g;
  edge.lastIndex = from;
  for (let depth = 0; edge.test(sql);) {
    depth += sql[edge.lastIndex - 1] === "*" ? 1 : -1;
    if (depth === 0) return edge.lastIndex;
  }
  throw new Error("A comment that never ends");
}

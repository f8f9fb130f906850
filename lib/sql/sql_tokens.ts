import type { ScriptGrammar } from "./script_piece.ts";
import { splitText } from "./split_script.ts";
import type { Token } from "./token.ts";

/**
 * Returns what the script `source` says to a database: its statements' words, literals and operators,
 * the data of its COPYs and the beginnings of its sections, without comments and the white space
 * between. `undefined` where it cannot be told for certain.
 */
export function sqlTokens(source: string, grammar: ScriptGrammar): readonly Token[] | undefined {
  const tokens: Token[] = [];
  try {
    for (const piece of splitText(source, grammar)) {
      switch (piece.kind) {
        case "statement":
        case "copy":
          tokens.push(...statementTokens(piece.sql, piece.line, grammar));
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
  } catch {
    return undefined; // no script that a database reads
  }
}

function* statementTokens(
  sql: string,
  firstLine: number,
  grammar: ScriptGrammar,
): Generator<Token> {
  const expression = grammars[grammar];
  let line = firstLine;
  for (let at = 0; at < sql.length;) {
    expression.lastIndex = at;
    const found = expression.exec(sql);
    if (found === null) throw new Error("An enclosure that never ends");
    const [text, gap] = found;
    let end = at + text.length;
    if (grammar === "postgres" && text === "/*") end = nestedCommentEnd(sql, at);
    else if (gap === undefined) yield { text, line };
    for (; at < end; at++) if (sql.charCodeAt(at) === lineFeed) line++;
  }
}

const lineFeed = 10;

/** What is no token is in the first group. A quote that is left is one that never ends. */
function grammar(gap: string, ...literals: readonly string[]): RegExp {
  const word = String.raw`[A-Za-z_\x80-\uffff][\w$\x80-\uffff]*|\d[\w.]*`;
  const operator = String.raw`(?:(?!--|\/\*)[-+*\/<>=~!@#%^&|?:])+`;
  return new RegExp(`(${gap})|${literals.join("|")}|${word}|${operator}|[^'"\`]`, "y");
}

const string = String.raw`(?:[bBxXnN]|[uU]&)?'(?:[^']|'')*'`;
const identifier = `"[^"]*"`;

/** https://www.postgresql.org/docs/current/sql-syntax-lexical.html and https://www.sqlite.org/lang_comment.html */
const grammars: Readonly<Record<ScriptGrammar, RegExp>> = {
  postgres: grammar(
    String.raw`[ \t\n\r\f\v]+|--[^\n\r]*|\/\*`,
    String.raw`[eE]'(?:[^'\\]|''|\\[^])*'(?:[ \t\f\v]*[\n\r][ \t\n\r\f\v]*'(?:[^'\\]|''|\\[^])*')*`,
    string,
    identifier,
    String.raw`(\$(?:[A-Za-z_\x80-\uffff][\w\x80-\uffff]*)?\$)[^]*?\2`,
    String.raw`\$\d+`,
  ),
  sqlite: grammar(
    String.raw`[ \t\n\r\f\v]+|--[^\n]*|\/\*[^]*?(?:\*\/|$)`,
    string,
    identifier,
    "`[^`]*`",
    String.raw`\[[^\]]*\]`,
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

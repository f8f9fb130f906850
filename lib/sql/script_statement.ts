import { inlineParameters } from "./inline_parameters.ts";
import {
  anyOf,
  backquotedName,
  bracketedName,
  comment,
  quotedName,
  quotedString,
} from "./lexemes.ts";
import type { Statement } from "./statement.ts";

/** Returns `statement` as a script has it: its values in it, with a semicolon and an empty line behind it. */
export function scriptStatement(statement: Statement, dialect: "postgres" | "sqlite"): string {
  const inlined = inlineParameters(statement, dialect).trim();
  const text = dialect === "sqlite" ? keepReturns(inlined) : inlined;
  // A comment at the end would swallow the semicolon.
  return `${text}${/--[^\n]*$/.test(text) ? "\n" : ""};\n\n`;
}

/**
 * A carriage return at the end of a line is lost on `sqlite3`: in what may go into rows, something else
 * stands for it. A concatenation would nest too deeply for a long text.
 */
function keepReturns(sql: string): string {
  if (!sql.includes("\r\n") || !changesRows.test(sql)) return sql;
  return sql.replace(lexeme, (it) => {
    if (!it.startsWith("'") || !it.includes("\r\n")) return it;
    const mark = unused(it);
    return `replace(${it.replaceAll("\r\n", `${mark}\n`)}, '${mark}', char(13))`;
  });
}

/** Returns what `text` does not hold. */
function unused(text: string): string {
  for (let count = 0;; count++) {
    const mark = count === 0 ? "\\r" : `\\r${count}`;
    if (!text.includes(mark)) return mark;
  }
}

/** In a definition a text may have to be a literal, as a default has. */
const changesRows = /^(?:\s|--[^\n]*|\/\*[^]*?\*\/)*(?:INSERT|REPLACE|UPDATE|WITH)\b/i;

/** https://www.sqlite.org/lang_keywords.html: what may hold a quote that begins no text. */
const lexeme = anyOf(quotedString, quotedName, backquotedName, bracketedName, comment);

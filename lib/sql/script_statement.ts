import { inlineParameters } from "./inline_parameters.ts";
import { anyOf, sqliteWholes } from "./lexemes.ts";
import type { Statement } from "./statement.ts";

/**
 * Returns `statement` as text for a script: values inlined, followed by a semicolon and an empty line.
 */
export function scriptStatement(statement: Statement, dialect: "postgres" | "sqlite"): string {
  const inlined = inlineParameters(statement, dialect).trim();
  const text = dialect === "sqlite" ? keepReturns(inlined) : inlined;
  // A comment at the end would swallow the semicolon.
  return `${text}${/--[^\n]*$/.test(text) ? "\n" : ""};\n\n`;
}

/**
 * `sqlite3` drops a carriage return at the end of a line, so string literals that may be stored in rows
 * have a placeholder for it. A concatenation would nest too deeply for a long text.
 */
function keepReturns(sql: string): string {
  if (!sql.includes("\r\n") || !changesRows.test(sql)) return sql;
  return sql.replace(lexeme, (it) => {
    if (!it.startsWith("'") || !it.includes("\r\n")) return it;
    const mark = unused(it);
    return `replace(${it.replaceAll("\r\n", `${mark}\n`)}, '${mark}', char(13))`;
  });
}

/** Returns a placeholder that does not occur in `text`. */
function unused(text: string): string {
  for (let count = 0;; count++) {
    const mark = count === 0 ? "\\r" : `\\r${count}`;
    if (!text.includes(mark)) return mark;
  }
}

/** Not in a definition: there, a string may have to be a literal, as in a DEFAULT. */
const changesRows = /^(?:\s|--[^\n]*|\/\*[^]*?\*\/)*(?:INSERT|REPLACE|UPDATE|WITH)\b/i;

/**
 * https://www.sqlite.org/lang_keywords.html: besides strings, tokens in which a quote does not begin a
 * string.
 */
const lexeme = anyOf(...sqliteWholes);

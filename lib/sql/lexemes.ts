/**
 * Lexical elements of SQL as parts of regular expressions. A doubled quote is matched as the end of one
 * string and the beginning of the next: an expression that reads a string letter by letter is slow on
 * long ones and, beyond some megabytes, does not match at all.
 *
 * @module
 */

export const quotedString = "(?:'[^']*')+";

/** A string in which a backslash escapes the next character. */
export const escapedString = String.raw`(?:'[^'\\]*(?:\\[^][^'\\]*)*')+`;

/** PostgreSQL's `E'…'`. Expressions with it must match words, too, since one may end with an E. */
export const escapeString = `[eE]${escapedString}`;

/** PostgreSQL's `$tag$…$tag$`. Has one group, named `dollar`. */
export const dollarString = String
  .raw`(?<dollar>\$(?:[\p{L}_][\p{L}\p{N}_]*)?\$)[^]*?\k<dollar>`;

export const quotedName = '(?:"[^"]*")+';

/** SQLite's other quoted identifiers. */
export const backquotedName = "(?:`[^`]*`)+";
export const bracketedName = String.raw`\[[^\]]*\]`;

/** Any of SQLite's quoted identifiers. */
export const sqliteName = `${quotedName}|${backquotedName}|${bracketedName}`;

/** An unquoted name or a keyword. */
export const word = String.raw`[\p{L}_][\p{L}\p{N}_$]*`;

/** As in SQLite, a block comment ends at the first end marker: comments do not nest. */
export const comment = String.raw`--[^\n]*|\/\*[^]*?\*\/`;

/** SQLite takes it for a comment to the end of the text. Must be tried after `comment`. */
export const unclosedComment = String.raw`\/\*[^]*$`;

/** The tokens of SQLite's that may contain anything. */
export const sqliteWholes = [comment, quotedString, sqliteName];

/** The tokens of PostgreSQL's to skip as a whole, in the order to try them. */
export const wholes = [comment, escapeString, quotedString, dollarString, quotedName, word];

/** Returns an expression that matches the first of `parts` that fits. */
export function anyOf(...parts: readonly string[]): RegExp {
  return new RegExp(parts.join("|"), "gu");
}

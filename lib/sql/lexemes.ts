/**
 * What may hold any character, as parts of regular expressions. A doubled quote ends one part of a string
 * and begins the next: an expression that reads letter by letter is slow on a long string, and from some
 * megabytes on does not find it at all.
 *
 * @module
 */

export const quotedString = "(?:'[^']*')+";

/** A string in which a backslash escapes what follows it. */
export const escapedString = String.raw`(?:'[^'\\]*(?:\\[^][^'\\]*)*')+`;

/** PostgreSQL's `E'…'`. A word that ends with an E must be read before it. */
export const escapeString = `[eE]${escapedString}`;

/** PostgreSQL's `$tag$…$tag$`; it has one group, named `dollar`. */
export const dollarString = String
  .raw`(?<dollar>\$(?:[\p{L}_][\p{L}\p{N}_]*)?\$)[^]*?\k<dollar>`;

export const quotedName = '(?:"[^"]*")+';

/** SQLite's other quotes for a name. */
export const backquotedName = "(?:`[^`]*`)+";
export const bracketedName = String.raw`\[[^\]]*\]`;

/** A name without quotes, or a keyword. */
export const word = String.raw`[\p{L}_][\p{L}\p{N}_$]*`;

/** A block comment ends at the first of its ends, as SQLite has it. */
export const comment = String.raw`--[^\n]*|\/\*[^]*?\*\/`;

/** What is read as a whole, in the order to try it. */
export const wholes = [comment, escapeString, quotedString, dollarString, quotedName, word];

/** Returns the expression that matches any of `parts`, the first of them that fits. */
export function anyOf(...parts: readonly string[]): RegExp {
  return new RegExp(parts.join("|"), "gu");
}

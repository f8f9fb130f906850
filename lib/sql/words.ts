import { anyOf, comment, escapeString, quotedString } from "./lexemes.ts";
import { quoteIdentifier } from "./quote.ts";
import { keywords } from "./reserved_words.ts";

const dollarTag = String.raw`\$(?:[\p{L}_][\p{L}\p{N}_]*)?\$`;

/**
 * A string, a comment, a dollar quote, a quoted name, or a word, which ends where a dollar quote
 * begins.
 */
const token = anyOf(
  escapeString,
  quotedString,
  comment,
  dollarTag,
  '"((?:[^"]|"")*)"',
  String.raw`([\p{L}_](?:[\p{L}\p{N}_]|(?!${dollarTag})\$)*)`,
);

/**
 * Returns every word in `sql` that may be a name. Those without quotes are included both as written and
 * in lower case: PostgreSQL folds them, SQLite does not. Strings and comments are left out, except for the
 * name in a `'…'::regclass`.
 */
export function wordsIn(sql: string): ReadonlySet<string> {
  const words = new Set<string>();
  const open = sql.replaceAll(regclass, (_, name: string) => ` ${name.slice(1, -1)} `);
  for (const [, quoted, bare] of open.matchAll(token)) {
    if (quoted !== undefined) words.add(quoted.replaceAll('""', '"'));
    else if (bare !== undefined && !keywords.has(bare.toLowerCase())) {
      words.add(bare.toLowerCase()).add(bare);
    }
  }
  return words;
}

const regclass = new RegExp(`(${quotedString})::regclass`, "g");

/**
 * Returns `sql` with every word or name `from` replaced by `to`, except in strings and comments and where
 * it is a keyword. END counts as one, as it nearly always ends a CASE or a body: only SQLite also takes it
 * for a name.
 *
 * @param stays Given the text before and after an occurrence, says whether it is the name of something else.
 */
export function renameWord(
  sql: string,
  from: string,
  to: string,
  stays: (before: string, after: string) => boolean = () => false,
): string {
  return sql.replaceAll(token, (whole, quoted?: string, bare?: string, at = 0) => {
    const folded = bare?.toLowerCase() ?? "";
    const names = quoted === undefined ? [bare, folded] : [quoted.replaceAll('""', '"')];
    const isMeant = names.includes(from) && !keywords.has(folded) && folded !== "end" &&
      !stays(sql.slice(0, at), sql.slice(at + whole.length));
    return isMeant ? quoteIdentifier(to) : whole;
  });
}

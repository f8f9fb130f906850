import { anyOf, comment, escapeString, quotedString } from "./lexemes.ts";
import { quoteIdentifier } from "./quote.ts";

const dollarTag = String.raw`\$(?:[\p{L}_][\p{L}\p{N}_]*)?\$`;

/** A string, a comment, what begins or ends a string in dollars, a name in quotes, a word, which ends where such a string does. */
const token = anyOf(
  escapeString,
  quotedString,
  comment,
  dollarTag,
  '"((?:[^"]|"")*)"',
  String.raw`([\p{L}_](?:[\p{L}\p{N}_]|(?!${dollarTag})\$)*)`,
);

/**
 * Returns every word and name in `sql`, words in lower case and as they stand: PostgreSQL folds them, SQLite does
 * not. Strings and comments are left out, but for the name of a `::regclass`.
 */
export function wordsIn(sql: string): ReadonlySet<string> {
  const words = new Set<string>();
  const open = sql.replaceAll(regclass, (_, name: string) => ` ${name.slice(1, -1)} `);
  for (const [, quoted, bare] of open.matchAll(token)) {
    if (quoted !== undefined) words.add(quoted.replaceAll('""', '"'));
    else if (bare !== undefined) words.add(bare.toLowerCase()).add(bare);
  }
  return words;
}

const regclass = new RegExp(`(${quotedString})::regclass`, "g");

/**
 * Returns `sql` with each word or name that is `from` replaced by `to`, wherever it stands but in a string or a comment.
 *
 * @param stays Says of the text before it whether it is another's.
 */
export function renameWord(
  sql: string,
  from: string,
  to: string,
  stays: (before: string) => boolean = () => false,
): string {
  return sql.replaceAll(token, (whole, quoted?: string, bare?: string, at = 0) => {
    const name = quoted?.replaceAll('""', '"') ?? bare;
    const isMeant = (name === from || bare?.toLowerCase() === from) && !stays(sql.slice(0, at));
    return isMeant ? quoteIdentifier(to) : whole;
  });
}

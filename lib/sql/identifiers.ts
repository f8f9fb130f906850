import { CaseEnds } from "./case_ends.ts";
import { anyOf, comment, escapeString, quotedName, quotedString, word } from "./lexemes.ts";
import { quoteIdentifier } from "./quote.ts";
import { keywords } from "./reserved_words.ts";
import type { Sql } from "./statement.ts";

/**
 * Returns the columns that `expression` may name: every identifier that is not a function, type or
 * qualifier.
 */
export function identifiersIn(expression: Sql): ReadonlySet<string> {
  const found = new Set<string>();
  replaceIdentifiers(expression, ({ names }) => {
    for (const it of names) found.add(it);
    return undefined;
  });
  return found;
}

/** Returns `expression` with the column `from` renamed to `to`. */
export function renameIdentifier(expression: Sql, from: string, to: string): Sql {
  return replaceIdentifiers(expression, ({ names }) => names.includes(from) ? to : undefined);
}

/** Returns `expression` with names quoted only where necessary. */
export function plainIdentifiers(expression: Sql): Sql {
  return replaceIdentifiers(expression, ({ names, isQuoted }) => isQuoted ? names[0] : undefined);
}

interface Identifier {
  /** The names it may refer to: PostgreSQL folds an unquoted name to lower case, SQLite does not. */
  readonly names: readonly string[];
  readonly isQuoted: boolean;
}

/**
 * A comment, a string, the type of a cast, a function name or qualifier, a quoted name, an unquoted
 * name, a number.
 */
const token = anyOf(
  comment,
  escapeString,
  quotedString,
  String.raw`::\s*${word}`,
  String.raw`(?:${quotedName}|${word})(?=\s*[.(])`,
  '"((?:[^"]|"")*)"',
  `(${word})`,
  String.raw`\p{N}[\p{L}\p{N}_.]*`,
);

function replaceIdentifiers(
  { sql }: Sql,
  replace: (identifier: Identifier) => string | undefined,
): Sql {
  const caseEnds = new CaseEnds();
  const replaced = sql.replace(token, (whole, quoted?: string, bare?: string) => {
    const folded = whole.toLowerCase();
    const isKeyword = caseEnds.take(folded) || keywords.has(folded);
    const names = quoted !== undefined
      ? [quoted.replaceAll('""', '"')]
      : bare !== undefined && !isKeyword
      ? [folded, bare]
      : [];
    const other = replace({ names, isQuoted: quoted !== undefined });
    return other === undefined ? whole : quoteIdentifier(other);
  });
  return { sql: replaced };
}

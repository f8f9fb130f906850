import { plainIdentifiers } from "../../sql/identifiers.ts";
import {
  anyOf,
  backquotedName,
  bracketedName,
  comment,
  quotedName,
  quotedString,
} from "../../sql/lexemes.ts";
import { quoteIdentifier, quoteLiteral } from "../../sql/quote.ts";
import type { Sql } from "../../sql/statement.ts";
import { sameIdentifier } from "./same_identifier.ts";

/** Returns `expression` with names quoted only where necessary, as every database quotes them. */
export function plainNames({ sql }: Sql): Sql {
  return plainIdentifiers({ sql: standardNames(sql) });
}

/** Returns `sql` without the quotes that only SQLite has for names: brackets and backquotes. */
function standardNames(sql: string): string {
  return sql.replaceAll(ownName, (whole, name?: string) => {
    if (name === undefined) return whole;
    const inside = name.slice(1, -1);
    return quoteIdentifier(name.startsWith("[") ? inside : inside.replaceAll("``", "`"));
  });
}

/** What is left alone; or, in a group, a name in SQLite's own quotes. */
const ownName = anyOf(comment, quotedString, quotedName, `(${backquotedName}|${bracketedName})`);

/**
 * Returns `sql`, an expression over a table's `columns`, with names in double and strings in single
 * quotes. What is in double quotes but no column is a string to SQLite,
 * https://www.sqlite.org/quirks.html#dblquote
 */
export function standardQuotes(sql: string, columns: readonly string[]): string {
  const strings = sql.replaceAll(quoted, (whole, name?: string) => {
    if (name === undefined) return whole;
    const text = name.slice(1, -1).replaceAll('""', '"');
    const isColumn = [...columns, ...rowidNames].some((it) => sameIdentifier(it, text));
    return isColumn ? whole : quoteLiteral(text, "sqlite");
  });
  return standardNames(strings);
}

const rowidNames = ["rowid", "oid", "_rowid_"];

/** What is left alone; or, in a group, what is in double quotes and may be a column. */
const quoted = new RegExp(
  [
    comment,
    quotedString,
    backquotedName,
    bracketedName,
    String.raw`(?<!(?:\.|\bCOLLATE|\bAS)\s*)(${quotedName})(?!\s*[.(])`,
    quotedName,
  ].join("|"),
  "giu",
);

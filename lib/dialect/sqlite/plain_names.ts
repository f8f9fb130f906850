import { plainIdentifiers } from "../../sql/identifiers.ts";
import {
  anyOf,
  backquotedName,
  bracketedName,
  comment,
  quotedName,
  quotedString,
} from "../../sql/lexemes.ts";
import { quoteIdentifier } from "../../sql/quote.ts";
import type { Sql } from "../../sql/statement.ts";

/** Returns `expression` with names quoted only where necessary, as every database quotes them. */
export function plainNames({ sql }: Sql): Sql {
  return plainIdentifiers({ sql: standardNames(sql) });
}

/** Returns `sql` without the quotes that only SQLite has for names: brackets and backquotes. */
export function standardNames(sql: string): string {
  return sql.replaceAll(ownName, (whole, name?: string) => {
    if (name === undefined) return whole;
    const inside = name.slice(1, -1);
    return quoteIdentifier(name.startsWith("[") ? inside : inside.replaceAll("``", "`"));
  });
}

/** What is left alone; or, in a group, a name in SQLite's own quotes. */
const ownName = anyOf(comment, quotedString, quotedName, `(${backquotedName}|${bracketedName})`);

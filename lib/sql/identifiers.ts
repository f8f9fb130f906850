import { quoteIdentifier } from "./quote.ts";
import type { Sql } from "./statement.ts";

/** Returns the columns that `expression` may name: every identifier that is no function, type or qualifier. */
export function identifiersIn(expression: Sql): ReadonlySet<string> {
  const found = new Set<string>();
  replaceIdentifiers(expression, (name) => {
    found.add(name);
    return undefined;
  });
  return found;
}

/** Returns `expression` after the column `from` was renamed. */
export function renameIdentifier(expression: Sql, from: string, to: string): Sql {
  return replaceIdentifiers(expression, (name) => name === from ? to : undefined);
}

/** Returns `expression` with each name in quotes only where it needs them. */
export function plainIdentifiers(expression: Sql): Sql {
  return replaceIdentifiers(expression, (name, isQuoted) => isQuoted ? name : undefined);
}

/** A string, a cast's type, what opens a call or qualifies a name, a quoted name, a bare one, a number. */
const token =
  /'(?:[^']|'')*'|::\s*[\p{L}_][\p{L}\p{N}_]*|(?:"(?:[^"]|"")*"|[\p{L}_][\p{L}\p{N}_$]*)(?=\s*[.(])|"((?:[^"]|"")*)"|([\p{L}_][\p{L}\p{N}_$]*)|\p{N}[\p{L}\p{N}_.]*/gu;

function replaceIdentifiers(
  { sql }: Sql,
  replace: (name: string, isQuoted: boolean) => string | undefined,
): Sql {
  const replaced = sql.replace(token, (whole, quoted?: string, bare?: string) => {
    const name = quoted?.replaceAll('""', '"') ?? bare?.toLowerCase();
    const other = name === undefined ? undefined : replace(name, quoted !== undefined);
    return other === undefined ? whole : quoteIdentifier(other);
  });
  return { sql: replaced };
}

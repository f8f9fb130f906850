import type { QualifiedName } from "../../schema/schema.ts";
import { quoteIdentifier, readIdentifier } from "../../sql/quote.ts";
import { type PlainColumn, plainColumns, queriesReadFrom } from "../../sql/select_list.ts";
import { renameWord, wordsIn } from "../../sql/words.ts";
import { isNoColumn } from "./other_names.ts";

/**
 * Returns `sql` with the column `from` of `table` renamed. A query that reads from subqueries, and not from
 * `table` itself, knows the column by the name that they give it.
 */
export function renameInQueries(
  sql: string,
  table: QualifiedName,
  from: string,
  to: string,
): string {
  const inner = queriesReadFrom(sql);
  const gaps = [{ end: 0 }, ...inner].map(({ end }, at) => sql.slice(end, inner[at]?.start));
  const own = gaps.join(gap);
  const renamed = wordsIn(own).has(table.name) ? renameInQuery(own, from, to) : own;
  return renamed.split(gap).map((it, at) => {
    const query = inner[at] && sql.slice(inner[at].start, inner[at].end);
    return query === undefined ? it : it + renameInQueries(query, table, from, to);
  }).join("");
}

/** Placeholder for a subquery; it cannot occur in SQL. */
const gap = "\0";

/** A query keeps its own names for its columns. */
function renameInQuery(sql: string, from: string, to: string): string {
  let [renamed, at] = ["", 0];
  for (const column of plainColumns(sql)) {
    renamed += renameWord(sql.slice(at, column.start), from, to, isNoColumn) +
      renameSelected(column, from, to);
    at = column.end;
  }
  return renamed + renameWord(sql.slice(at), from, to, isNoColumn);
}

/** `users.email` becomes `users.mail AS email`, which renamed back becomes `users.email`. */
function renameSelected(column: PlainColumn, from: string, to: string): string {
  const { text, qualifier, name, alias = name } = column;
  if (readIdentifier(name) !== from) return renameWord(text, from, to, isNoColumn);
  return readIdentifier(alias) === to
    ? qualifier + quoteIdentifier(to)
    : `${qualifier}${quoteIdentifier(to)} AS ${alias}`;
}

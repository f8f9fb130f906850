/**
 * Changes to the text of a CREATE TABLE. Whatever a change does not name stays byte for byte, comments
 * included; a comment that follows something on its line belongs to it.
 *
 * @module
 */
import type { Clause, Item, ParsedTable, Range } from "../parse_table.ts";
import { tokenize } from "../tokens.ts";

/** Returns `sql` with `range` replaced by `text`. */
export function replaceRange(sql: string, { start, end }: Range, text: string): string {
  return sql.slice(0, start) + text + sql.slice(end);
}

/** Returns the text of `table` with one more item after the one at `index`; -1 inserts it as the first. */
export function insertItem(table: ParsedTable, index: number, text: string): string {
  const { sql, items, inside } = table;
  const [item, next] = [items[index], items[index + 1]];
  const near = item ?? next ?? inside;
  const lineStart = sql.lastIndexOf("\n", near.start - 1) + 1;
  const indent = sql.slice(lineStart, near.start);
  const hasLines = /^\s*$/.test(indent) && lineStart > inside.start;
  const gap = hasLines ? `\n${indent}` : item ? " " : "";
  if (!item) return splice(sql, inside.start, `${gap}${text},${hasLines || gap ? "" : " "}`);
  const comma = next && commaAfter(table, item);
  const behind = endOfLineComment(sql, comma === undefined ? item.end : comma + 1);
  const broken = sql.slice(item.end, behind).includes("--") && gap === " " ? "\n" : gap;
  if (comma !== undefined) return splice(sql, behind, `${broken}${text},`);
  const between = sql.slice(item.end, behind);
  return replaceRange(sql, { start: item.end, end: behind }, `,${between}${broken}${text}`);
}

/** Returns the text of `table` without the item at `index`, which is not the only one. */
export function removeItem(table: ParsedTable, index: number): string {
  const { sql, items } = table;
  const item = items[index];
  if (item === undefined) return sql;
  if (items[index + 1] !== undefined) {
    const behind = endOfLineComment(sql, (commaAfter(table, item) ?? item.end) + 1);
    const space = /^\s*/.exec(sql.slice(behind))?.[0].length ?? 0;
    return replaceRange(sql, { start: item.start, end: behind + space }, "");
  }
  const before = items[index - 1];
  const comma = before && commaAfter(table, before);
  if (comma === undefined) return sql;
  const trivia = sql.slice(comma + 1, item.start);
  const kept = trivia.trimEnd();
  const end = endOfLineComment(sql, item.end);
  const rest = sql.slice(end);
  const broken = kept.includes("--") && !/^[^\S\n]*\n/.test(rest) ? "\n" : "";
  return sql.slice(0, comma) + kept + broken + rest;
}

/** Returns `sql` without `clause`, which is not all of `item`. */
export function removeClause(sql: string, item: Item, clause: Clause): string {
  const next = item.clauses[item.clauses.indexOf(clause) + 1];
  if (clause.start === item.start && next) {
    return replaceRange(sql, { start: clause.start, end: next.start }, "");
  }
  const before = tokenize(sql).findLast((it) => it.end <= clause.start)?.end ?? clause.start;
  const isSpace = /^\s*$/.test(sql.slice(before, clause.start));
  const gap = /^[\s,);]|^$|^--|^\/\*/.test(sql.slice(clause.end)) ? "" : " ";
  return replaceRange(sql, { start: isSpace ? before : clause.start, end: clause.end }, gap);
}

function splice(sql: string, at: number, text: string): string {
  return sql.slice(0, at) + text + sql.slice(at);
}

const trivia = /^(?:\s+|--[^\n]*|\/\*[^]*?\*\/)/;

function commaAfter({ sql }: ParsedTable, { end }: Range): number | undefined {
  let at = end;
  for (;;) {
    const found = trivia.exec(sql.slice(at));
    if (!found) return sql[at] === "," ? at : undefined;
    at += found[0].length;
  }
}

/** Returns the end of the comment that follows `from` as the last thing on its line, or `from` if there is none. */
function endOfLineComment(sql: string, from: number): number {
  const found = /^[^\S\n]*(?:--[^\n]*|\/\*[^\n]*?\*\/)(?=[^\S\n]*(?:\n|$))/.exec(sql.slice(from));
  return from + (found?.[0].length ?? 0);
}

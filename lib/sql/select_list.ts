import { anyOf, quotedName, wholes, word } from "./lexemes.ts";

/** A column of a select list: its text, trimmed, and its position in the SQL. */
export interface SelectedColumn {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

interface SelectList {
  /** Position of its SELECT. */
  readonly start: number;
  /** How many parentheses and brackets enclose it. */
  readonly depth: number;
  readonly columns: SelectedColumn[];
}

const token = anyOf(...wholes, String.raw`[()[\],;]`);

const ends: ReadonlySet<string> = new Set([";", "FROM", "UNION", "EXCEPT", "INTERSECT", "WHERE"]);

/** What may come between SELECT and its first column. */
const quantifier = /^\s*(?:ALL\b|DISTINCT\b(?:\s+ON\s*\([^()]*\))?)/i;

/** Returns the columns of the first SELECT in `sql` that is outside all parentheses. */
export function selectList(sql: string): readonly SelectedColumn[] {
  return selectLists(sql).find(({ depth }) => depth === 0)?.columns ?? [];
}

/**
 * Returns the columns of each SELECT in `sql` that feeds another SELECT or the result, leaving out
 * those in conditions and expressions.
 */
export function feedingLists(sql: string): readonly (readonly SelectedColumn[])[] {
  const feeds = ({ depth, start }: SelectList) =>
    depth === 0 || feeding.test(sql.slice(Math.max(0, start - reach), start));
  return selectLists(sql).filter(feeds).map(({ columns }) => columns);
}

/**
 * The text before a subquery in FROM, a common table expression or another part of a union. Searched
 * for at most `reach` characters back.
 */
const feeding = /(?:,|\b(?:FROM|JOIN|LATERAL|AS|MATERIALIZED|UNION|ALL|EXCEPT|INTERSECT))[\s(]*$/i;
const reach = 100;

/**
 * Returns the outermost parenthesized queries that `sql` reads from: where each begins and ends,
 * without its parentheses.
 */
export function queriesReadFrom(
  sql: string,
): readonly { readonly start: number; readonly end: number }[] {
  const found: { start: number; end: number }[] = [];
  let [depth, start, inside] = [0, 0, 0];
  for (const { 0: text, index } of sql.matchAll(token)) {
    if (text === "(" && ++depth > 0 && inside === 0) {
      start = index + 1;
      const isRead = /^\s*(?:SELECT|WITH)\b/i.test(sql.slice(start, start + reach)) &&
        feeding.test(sql.slice(Math.max(0, index - reach), index));
      if (isRead) inside = depth;
    } else if (text === ")" && depth-- === inside && inside > 0) {
      found.push({ start, end: index });
      inside = 0;
    }
  }
  return found;
}

/** A column of a select list that is just a name, all in the quotes that it has there. */
export interface PlainColumn extends SelectedColumn {
  /** Ends with a dot; empty if there is none. */
  readonly qualifier: string;
  readonly name: string;
  readonly alias: string | undefined;
}

/**
 * Returns, in the order of the text, the columns of every SELECT in `sql` that are just a name, with or
 * without an alias.
 */
export function plainColumns(sql: string): readonly PlainColumn[] {
  return selectLists(sql).flatMap(({ columns }) => columns)
    .flatMap((it): readonly PlainColumn[] => {
      const [, qualifier = "", name, alias] = plain.exec(it.text) ?? [];
      return name === undefined ? [] : [{ ...it, qualifier, name, alias }];
    })
    .sort((a, b) => a.start - b.start);
}

const anyName = `(?:${quotedName}|${word})`;
const plain = new RegExp(
  String.raw`^((?:${anyName}\.)*)(${anyName})(?:\s+AS\s+(${anyName}))?$`,
  "iu",
);

function selectLists(sql: string): readonly SelectList[] {
  const lists: SelectList[] = [];
  const open: { list: SelectList; start: number }[] = [];
  const finish = (depth: number, end: number) => {
    const last = open.at(-1);
    if (last?.list.depth === depth) last.list.columns.push(trimmed(sql, last.start, end));
    return last?.list.depth === depth ? open.pop() : undefined;
  };
  let depth = 0;
  for (const { 0: text, index } of sql.matchAll(token)) {
    const word = text.toUpperCase();
    if (text === "(" || text === "[") depth++;
    else if (text === ")" || text === "]") finish(depth--, index);
    else if (word === "SELECT") {
      const list = { start: index, depth, columns: [] };
      const start = index + text.length;
      lists.push(list);
      open.push({ list, start: start + (quantifier.exec(sql.slice(start))?.[0].length ?? 0) });
    } else if (text === ",") {
      const ended = finish(depth, index);
      if (ended) open.push({ list: ended.list, start: index + 1 });
    } else if (ends.has(word)) finish(depth, index);
  }
  finish(depth, sql.length);
  return lists;
}

function trimmed(sql: string, start: number, end: number): SelectedColumn {
  const text = sql.slice(start, end);
  const from = start + text.length - text.trimStart().length;
  return { text: text.trim(), start: from, end: from + text.trim().length };
}

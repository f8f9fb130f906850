import { anyOf, wholes } from "./lexemes.ts";

/** A column of a select list: its text without the space around it, and where that stands. */
export interface SelectedColumn {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

interface SelectList {
  /** In how many parentheses and brackets it stands. */
  readonly depth: number;
  readonly columns: SelectedColumn[];
}

const token = anyOf(...wholes, String.raw`[()[\],;]`);

const ends: ReadonlySet<string> = new Set([";", "FROM", "UNION", "EXCEPT", "INTERSECT", "WHERE"]);

/** What stands between SELECT and its first column. */
const quantifier = /^\s*(?:ALL\b|DISTINCT\b(?:\s+ON\s*\([^()]*\))?)/i;

/** Returns the columns of the first SELECT in `sql` that stands outside of all parentheses. */
export function selectList(sql: string): readonly SelectedColumn[] {
  return selectLists(sql).find(({ depth }) => depth === 0)?.columns ?? [];
}

/** Returns, in the order of the text, those columns of every SELECT in `sql` that are a mere name, with or without an alias. */
export function plainColumns(sql: string): readonly SelectedColumn[] {
  return selectLists(sql).flatMap(({ columns }) => columns)
    .filter(({ text }) => /^[^\s()]+(?:\s+AS\s+\S+)?$/i.test(text))
    .sort((a, b) => a.start - b.start);
}

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
      const list = { depth, columns: [] };
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

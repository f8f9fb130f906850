/** A column of a select list: its text without the space around it, and where that stands. */
export interface SelectedColumn {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** A string, a name in quotes, a word, a parenthesis, a comma. */
const token = /'(?:[^']|'')*'|"(?:[^"]|"")*"|[\p{L}_][\p{L}\p{N}_$]*|[(),;]/gu;

const ends: ReadonlySet<string> = new Set([";", "FROM", "UNION", "EXCEPT", "INTERSECT", "WHERE"]);

/** Returns the columns of the first SELECT in `sql` that stands outside of all parentheses. */
export function selectList(sql: string): readonly SelectedColumn[] {
  const columns: SelectedColumn[] = [];
  let [depth, start] = [0, -1];
  for (const { 0: text, index } of sql.matchAll(token)) {
    const word = text.toUpperCase();
    if (text === "(") depth++;
    else if (text === ")") depth--;
    else if (depth > 0) continue;
    else if (start < 0) start = word === "SELECT" ? index + text.length : -1;
    else if (text === "," || ends.has(word)) {
      columns.push(trimmed(sql, start, index));
      if (text !== ",") return columns;
      start = index + 1;
    }
  }
  return start < 0 ? columns : [...columns, trimmed(sql, start, sql.length)];
}

function trimmed(sql: string, start: number, end: number): SelectedColumn {
  const text = sql.slice(start, end);
  const from = start + text.length - text.trimStart().length;
  return { text: text.trim(), start: from, end: from + text.trim().length };
}

/**
 * What a table's CREATE TABLE text says and no pragma reports: the names of constraints, and checks.
 *
 * @module
 */

/** A constraint as the text has it, in the order of the text. */
export interface WrittenConstraint {
  readonly kind: "primaryKey" | "unique" | "foreignKey" | "check";
  readonly name?: string;
  /** The column that it stands at; of a table-level one, those between its parentheses. Empty for a check. */
  readonly columns: readonly string[];
  /** Of a check: the condition, as written. */
  readonly expression?: string;
}

/** Returns the constraints in `sql`, a CREATE TABLE statement that SQLite has accepted. */
export function writtenConstraints(sql: string): readonly WrittenConstraint[] {
  const tokens = tokenize(sql);
  const open = tokens.findIndex((it) => it.text === "(");
  if (open < 0) return []; // CREATE TABLE … AS SELECT keeps no constraint
  return items(tokens, open).flatMap((item) => [...readItem(item, sql)]);
}

interface Token {
  readonly text: string;
  /** In upper case, if it is a bare word. */
  readonly word?: string;
  /** Without its quotes, if it names something. */
  readonly name?: string;
  readonly start: number;
  readonly end: number;
  readonly depth: number;
}

const token =
  /\s+|--[^\n]*|\/\*[^]*?(?:\*\/|$)|'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\]|[\p{L}\p{N}_$]+|[^]/gu;

function tokenize(sql: string): readonly Token[] {
  const tokens: Token[] = [];
  let depth = 0;
  for (const { 0: text, index: start } of sql.matchAll(token)) {
    if (/^(?:\s|--|\/\*)/.test(text)) continue;
    if (text === ")") depth -= 1;
    const bare = /^[\p{L}\p{N}_$]/u.test(text);
    const name = bare ? text : unquoted(text);
    tokens.push({
      text,
      ...(bare && { word: text.toUpperCase() }),
      ...(name !== undefined && { name }),
      start,
      end: start + text.length,
      depth,
    });
    if (text === "(") depth += 1;
  }
  return tokens;
}

function unquoted(text: string): string | undefined {
  const [first = ""] = text;
  if (text.length < 2 || !`"'\`[`.includes(first)) return undefined;
  return first === "[" ? text.slice(1, -1) : text.slice(1, -1).replaceAll(first + first, first);
}

/** Returns what the commas at the outermost level part. */
function items(tokens: readonly Token[], open: number): readonly (readonly Token[])[] {
  const found: Token[][] = [[]];
  for (const it of tokens.slice(open + 1)) {
    if (it.depth === 0) break;
    if (it.depth === 1 && it.text === ",") found.push([]);
    else found.at(-1)?.push(it);
  }
  return found;
}

const tableLevel = new Set(["CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN"]);

function* readItem(item: readonly Token[], sql: string): Generator<WrittenConstraint> {
  const [first] = item;
  const column = first?.word !== undefined && tableLevel.has(first.word) ? undefined : first?.name;
  let name: string | undefined;
  for (const [at, { word, depth }] of item.entries()) {
    if (depth !== 1) continue;
    const named = name === undefined ? {} : { name };
    const columns = column === undefined ? columnsAfter(item, at) : [column];
    if (word === "CONSTRAINT") {
      name = item[at + 1]?.name;
      continue;
    }
    if (word === "PRIMARY") yield { kind: "primaryKey", ...named, columns };
    else if (word === "UNIQUE") yield { kind: "unique", ...named, columns };
    else if (word === "FOREIGN" || (word === "REFERENCES" && column !== undefined)) {
      yield { kind: "foreignKey", ...named, columns };
    } else if (word === "CHECK") {
      yield { kind: "check", ...named, columns: [], expression: parenthesised(item, at + 1, sql) };
    } else continue;
    name = undefined;
  }
}

/** Returns the columns between the parentheses that follow `at`; their COLLATE and order are left out. */
function columnsAfter(item: readonly Token[], at: number): readonly string[] {
  const open = item.findIndex((it, index) => index > at && it.text === "(");
  const columns: string[] = [];
  for (let index = open; open >= 0 && index < item.length; index++) {
    const [it, next] = [item[index], item[index + 1]];
    if (index > open && it?.depth === 1) break;
    if ((it?.text === "(" || it?.text === ",") && next?.name !== undefined) columns.push(next.name);
  }
  return columns;
}

function parenthesised(item: readonly Token[], open: number, sql: string): string {
  const start = item[open];
  const end = item.find((it, index) =>
    index > open && it.text === ")" && it.depth === start?.depth
  );
  return start && end ? sql.slice(start.end, end.start).trim() : "";
}

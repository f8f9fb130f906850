import { listItems, type Token, tokenize } from "./tokens.ts";

/** A CREATE TABLE statement that SQLite has accepted, with the position of everything in its text. */
export interface ParsedTable {
  readonly sql: string;
  /** Absent: `sql` creates the table from a query, and its parts are not known. */
  readonly name: Token | undefined;
  /** From after the opening parenthesis to before the closing one. */
  readonly inside: { readonly start: number; readonly end: number };
  /** What the commas separate, in order. */
  readonly items: readonly Item[];
  /** What follows the closing parenthesis. */
  readonly options: { readonly strict: boolean; readonly withoutRowid: boolean };
}

/** A column with its clauses, or table constraints: the comma between those may be missing. */
export interface Item extends Range {
  /** Absent: table constraints. */
  readonly column?: { readonly name: Token; readonly type: Range | undefined };
  readonly clauses: readonly Clause[];
}

export interface Range {
  readonly start: number;
  readonly end: number;
}

export type ClauseKind =
  | "primaryKey"
  | "unique"
  | "check"
  | "foreignKey"
  | "default"
  | "notNull"
  | "null"
  | "collate"
  | "generated"
  /** When the foreign key before it is checked, if another clause separates the two. */
  | "deferral"
  /** A name that nothing follows, or something that no current SQLite would accept. */
  | "other";

/** One clause, starting at the word CONSTRAINT if it has a name. */
export interface Clause extends Range {
  readonly kind: ClauseKind;
  readonly name?: Token;
  /** Without CONSTRAINT and the name. */
  readonly tokens: readonly Token[];
}

/** Returns the parts of `sql`. */
export function parseTable(sql: string): ParsedTable {
  const tokens = tokenize(sql);
  const at = tokens.findIndex((it) => it.text === "(");
  const [open, name] = [tokens[at], tokens[at - 1]];
  const close = tokens.find((it, index) => index > at && it.depth === 0 && it.text === ")");
  const isQuery = tokens.some((it, index) => index < at && it.word === "AS" && index > 2);
  if (!open || !close || !name || isQuery) {
    const nothing = { start: sql.length, end: sql.length };
    return { sql, name: undefined, inside: nothing, items: [], options: optionsIn([]) };
  }
  return {
    sql,
    name,
    inside: { start: open.end, end: close.start },
    items: listItems(tokens, at).flatMap((it) => it.length > 0 ? [parseItem(it)] : []),
    options: optionsIn(tokens.filter((it) => it.start >= close.end)),
  };
}

function optionsIn(tokens: readonly Token[]): ParsedTable["options"] {
  return {
    strict: tokens.some((it) => it.word === "STRICT"),
    withoutRowid: tokens.some((it) => it.word === "ROWID"),
  };
}

const tableLevel = new Set(["CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN"]);

function parseItem(tokens: readonly Token[]): Item {
  const [first] = tokens;
  const range = rangeOf(tokens);
  if (!first || tableLevel.has(first.word ?? "")) {
    return { ...range, clauses: parseClauses(tokens, 0) };
  }
  const typeEnd = endOfType(tokens, 1);
  const type = typeEnd > 1 ? rangeOf(tokens.slice(1, typeEnd)) : undefined;
  return { ...range, column: { name: first, type }, clauses: parseClauses(tokens, typeEnd) };
}

function rangeOf(tokens: readonly Token[]): Range {
  return { start: tokens[0]?.start ?? 0, end: tokens.at(-1)?.end ?? 0 };
}

const clauseWords = new Set(
  "CONSTRAINT DEFAULT NULL NOT PRIMARY UNIQUE CHECK REFERENCES COLLATE AS DEFERRABLE".split(" "),
);

function endOfType(tokens: readonly Token[], from: number): number {
  let at = from;
  while (at < tokens.length) {
    const { word = "", text } = tokens[at] ?? { text: "" };
    if (text === "(") return afterGroup(tokens, at);
    if (clauseWords.has(word) || word === "GENERATED" && tokens[at + 1]?.word === "ALWAYS") break;
    at += 1;
  }
  return at;
}

function parseClauses(tokens: readonly Token[], from: number): readonly Clause[] {
  const clauses: Clause[] = [];
  for (let at = from; at < tokens.length;) {
    const start = at;
    let name: Token | undefined;
    while (tokens[at]?.word === "CONSTRAINT") {
      name = tokens[at + 1];
      at += 2;
    }
    const { kind, end } = parseClause(tokens, at);
    clauses.push({
      kind,
      ...(name && { name }),
      ...rangeOf(tokens.slice(start, end)),
      tokens: tokens.slice(at, end),
    });
    at = end;
  }
  return clauses;
}

/** The rules of https://www.sqlite.org/syntax/column-constraint.html and table-constraint.html. */
function parseClause(
  tokens: readonly Token[],
  at: number,
): { readonly kind: ClauseKind; readonly end: number } {
  const word = (index: number) => tokens[index]?.word;
  const conflict = (index: number) =>
    word(index) === "ON" && word(index + 1) === "CONFLICT" ? index + 3 : index;
  switch (word(at)) {
    case "PRIMARY": {
      let end = group(tokens, at + 2);
      if (word(end) === "ASC" || word(end) === "DESC") end += 1;
      end = conflict(end);
      return { kind: "primaryKey", end: word(end) === "AUTOINCREMENT" ? end + 1 : end };
    }
    case "UNIQUE":
      return { kind: "unique", end: conflict(group(tokens, at + 1)) };
    case "CHECK":
      return { kind: "check", end: conflict(group(tokens, at + 1)) };
    case "FOREIGN":
      return { kind: "foreignKey", end: endOfReference(tokens, group(tokens, at + 2)) };
    case "REFERENCES":
      return { kind: "foreignKey", end: endOfReference(tokens, at) };
    case "DEFAULT":
      return { kind: "default", end: endOfDefault(tokens, at + 1) };
    case "NOT":
      return word(at + 1) === "DEFERRABLE"
        ? { kind: "deferral", end: endOfDeferral(tokens, at) }
        : { kind: "notNull", end: conflict(at + 2) };
    case "NULL":
      return { kind: "null", end: conflict(at + 1) };
    case "DEFERRABLE":
      return { kind: "deferral", end: endOfDeferral(tokens, at) };
    case "COLLATE":
      return { kind: "collate", end: at + 2 };
    case "GENERATED":
      return { kind: "generated", end: endOfGenerated(tokens, at + 2) };
    case "AS":
      return { kind: "generated", end: endOfGenerated(tokens, at) };
    default:
      return { kind: "other", end: Math.min(at + 1, tokens.length) };
  }
}

function endOfReference(tokens: readonly Token[], references: number): number {
  let at = group(tokens, references + 2);
  for (;;) {
    const word = tokens[at]?.word;
    if (word === "MATCH") at += 2;
    else if (word === "ON") at += /^(SET|NO)$/.test(tokens[at + 2]?.word ?? "") ? 4 : 3;
    else return endOfDeferral(tokens, at);
  }
}

function endOfDeferral(tokens: readonly Token[], from: number): number {
  const at = tokens[from]?.word === "NOT" ? from + 1 : from;
  if (tokens[at]?.word !== "DEFERRABLE") return from;
  return tokens[at + 1]?.word === "INITIALLY" ? at + 3 : at + 1;
}

function endOfGenerated(tokens: readonly Token[], as: number): number {
  const at = group(tokens, as + 1);
  return /^(STORED|VIRTUAL)$/.test(tokens[at]?.word ?? "") ? at + 1 : at;
}

/** A number such as 1.5e-3, or a blob, is several adjacent tokens. */
function endOfDefault(tokens: readonly Token[], from: number): number {
  if (tokens[from]?.text === "(") return afterGroup(tokens, from);
  let at = /^[+-]$/.test(tokens[from]?.text ?? "") ? from + 1 : from;
  const isNumber = /^[\d.]/.test(tokens[at]?.text ?? "");
  const isBlob = /^x$/i.test(tokens[at]?.text ?? "") && tokens[at + 1]?.text.startsWith("'");
  const glued = () => tokens[at]?.end === tokens[at + 1]?.start;
  if (isBlob && glued()) return at + 2;
  while (isNumber && glued() && continues(tokens[at]?.text, tokens[at + 1]?.text)) at += 1;
  return at + 1;
}

function continues(before = "", text = ""): boolean {
  return /^[\d.]/.test(text) || /^e\d*$/i.test(text) && /[\d.]$/.test(before) ||
    /^[+-]$/.test(text) && /e$/i.test(before);
}

/** Returns the index after the parentheses at `at`, or `at` if there are none. */
function group(tokens: readonly Token[], at: number): number {
  return tokens[at]?.text === "(" ? afterGroup(tokens, at) : at;
}

function afterGroup(tokens: readonly Token[], open: number): number {
  const depth = tokens[open]?.depth;
  const close = tokens.findIndex((it, at) => at > open && it.text === ")" && it.depth === depth);
  return close < 0 ? tokens.length : close + 1;
}

import type { ConflictResolution } from "../../schema/schema.ts";
import { type Clause, type Item, parseTable } from "./parse_table.ts";
import { listItems, parenthesised } from "./tokens.ts";

/** What a CREATE TABLE specifies and no pragma reports. */
export interface TableText {
  /** In the order of the text. */
  readonly constraints: readonly WrittenConstraint[];
  /** The expressions of generated columns, by name. */
  readonly generated: ReadonlyMap<string, string>;
  /** The collations of columns that name one, by name. */
  readonly collations: ReadonlyMap<string, string>;
  readonly options: {
    readonly strict: boolean;
    readonly withoutRowid: boolean;
    readonly autoincrement: boolean;
  };
}

export interface WrittenConstraint {
  readonly kind: "primaryKey" | "unique" | "foreignKey" | "check";
  readonly name?: string;
  /** The column that it is on; of a table constraint, those between its parentheses. Empty for a check. */
  readonly columns: readonly string[];
  /** The condition of a check, as written. */
  readonly expression?: string;
  readonly deferrable?: "immediate" | "deferred";
  readonly match?: "full" | "partial";
  readonly onConflict?: ConflictResolution;
}

/** Reads `sql`, a CREATE TABLE statement that SQLite has accepted. */
export function readTableText(sql: string): TableText {
  const { items, options } = parseTable(sql);
  const clauses = items.flatMap((item) => item.clauses.map((clause) => ({ item, clause })));
  const atColumns = (kind: Clause["kind"], read: (clause: Clause) => string | undefined) =>
    new Map(clauses.flatMap(({ item, clause }) => {
      const [name, found] = [item.column?.name.name, read(clause)];
      return clause.kind === kind && name !== undefined && found !== undefined
        ? [[name, found]]
        : [];
    }));
  return {
    constraints: items.flatMap((item) => constraintsOf(item, sql)),
    generated: atColumns("generated", ({ tokens }) => {
      const open = tokens.findIndex((it) => it.text === "(");
      return parenthesised(tokens, open, sql);
    }),
    collations: atColumns("collate", ({ tokens }) => tokens[1]?.name),
    options: {
      ...options,
      autoincrement: clauses.some(({ clause }) =>
        clause.kind === "primaryKey" && clause.tokens.some((it) => it.word === "AUTOINCREMENT")
      ),
    },
  };
}

/** Returns the constraints in `item`, in order. */
export function constraintsOf(item: Item, sql: string): readonly WrittenConstraint[] {
  return item.clauses.flatMap((clause, at) => readConstraint(clause, item, at, sql) ?? []);
}

/** Returns the constraint that `item.clauses[at]` is, if it is one. */
export function readConstraint(
  { kind, name: named, tokens }: Clause,
  { column, clauses }: Item,
  at: number,
  sql: string,
): WrittenConstraint | undefined {
  const name = named?.name === undefined ? {} : { name: named.name };
  const columns = column === undefined ? columnsIn(tokens) : [column.name.name ?? ""];
  switch (kind) {
    case "primaryKey":
    case "unique":
      return { kind, ...name, columns, ...conflict(tokens) };
    case "check":
      return { kind, ...name, columns: [], expression: parenthesised(tokens, 1, sql) };
    case "foreignKey": {
      const behind = clauses.slice(at + 1);
      const next = behind.findIndex((it) => it.kind === "foreignKey" || it.kind === "deferral");
      const later = behind[next]?.kind === "deferral" ? behind[next].tokens : [];
      const words = [...tokens, ...later];
      return { kind, ...name, columns, ...deferral(words), ...match(words) };
    }
    default:
      return undefined;
  }
}

type Tokens = Clause["tokens"];

function deferral(tokens: Tokens): Pick<WrittenConstraint, "deferrable"> {
  const at = tokens.findLastIndex((it) => it.word === "DEFERRABLE");
  if (at < 0 || tokens[at - 1]?.word === "NOT") return {};
  return { deferrable: tokens[at + 2]?.word === "DEFERRED" ? "deferred" : "immediate" };
}

const resolutions = [
  "rollback",
  "fail",
  "ignore",
  "replace",
] as const satisfies readonly ConflictResolution[];

function conflict(tokens: Tokens): Pick<WrittenConstraint, "onConflict"> {
  const at = tokens.findIndex((it) => it.word === "CONFLICT");
  const said = at < 0 ? undefined : tokens[at + 1]?.word?.toLowerCase();
  const onConflict = resolutions.find((it) => it === said);
  return onConflict ? { onConflict } : {};
}

function match(tokens: Tokens): Pick<WrittenConstraint, "match"> {
  const at = tokens.findIndex((it) => it.word === "MATCH");
  const kind = at < 0 ? undefined : tokens[at + 1]?.name?.toLowerCase();
  return kind === "full" || kind === "partial" ? { match: kind } : {};
}

/** Returns the columns between the first parentheses, without their COLLATE and order. */
function columnsIn(tokens: Tokens): readonly string[] {
  const open = tokens.findIndex((it) => it.text === "(");
  const depth = tokens[open]?.depth ?? 0;
  const inside = tokens.map((it) => ({ ...it, depth: it.depth - depth }));
  return listItems(inside, open).flatMap(([first]) =>
    first?.name === undefined ? [] : [first.name]
  );
}

import type {
  ConflictResolution,
  Constraint,
  ConstraintOf,
  Deferrable,
  ForeignKeyAction,
} from "../../schema/schema.ts";
import { type Clause, type Item, type ParsedTable, parseTable } from "./parse_table.ts";
import { standardQuotes } from "./plain_names.ts";
import { sameIdentifier } from "./same_identifier.ts";
import { listItems, parenthesised } from "./tokens.ts";

/** What a CREATE TABLE specifies and no pragma reports, or none with its name. */
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

export type WrittenConstraint = Exclude<Constraint, { readonly kind: "exclude" }>;

/** Reads `sql`, a CREATE TABLE statement that SQLite has accepted. */
export function readTableText(sql: string): TableText {
  const parsed = parseTable(sql);
  const { items, options } = parsed;
  const columns = columnNames(parsed);
  const clauses = items.flatMap((item) => item.clauses.map((clause) => ({ item, clause })));
  const atColumns = (kind: Clause["kind"], read: (clause: Clause) => string | undefined) =>
    new Map(clauses.flatMap(({ item, clause }) => {
      const [name, found] = [item.column?.name.name, read(clause)];
      return clause.kind === kind && name !== undefined && found !== undefined
        ? [[name, found]]
        : [];
    }));
  return {
    constraints: items.flatMap((item) =>
      item.clauses.flatMap((_, at) => readConstraint(item, at, parsed) ?? [])
    ).map((it) => "columns" in it ? { ...it, columns: it.columns.map(spelledAs(columns)) } : it),
    generated: atColumns("generated", ({ tokens }) => {
      const open = tokens.findIndex((it) => it.text === "(");
      return standardQuotes(parenthesised(tokens, open, sql), columns);
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

export function columnNames({ items }: ParsedTable): readonly string[] {
  return items.flatMap((it) => it.column?.name.name ?? []);
}

/** A constraint may write the name of a column in a different case. */
function spelledAs(columns: readonly string[]): (name: string) => string {
  return (name) => columns.find((it) => sameIdentifier(it, name)) ?? name;
}

/** Returns the constraint of `parsed` that `item.clauses[at]` is, if it is one. */
export function readConstraint(
  { column, clauses }: Item,
  at: number,
  parsed: ParsedTable,
): WrittenConstraint | undefined {
  const [clause, ...behind] = clauses.slice(at);
  if (!clause) return undefined;
  const { kind, name: named, tokens } = clause;
  const name = named?.name === undefined ? {} : { name: named.name };
  const columns = column === undefined ? columnsIn(tokens) : [column.name.name ?? ""];
  switch (kind) {
    case "primaryKey":
    case "unique":
      return { kind, ...name, columns, ...conflict(tokens) };
    case "check": {
      const expression = parenthesised(tokens, 1, parsed.sql);
      return {
        kind,
        ...name,
        expression: { sql: standardQuotes(expression, columnNames(parsed)) },
      };
    }
    case "foreignKey": {
      const next = behind.find((it) => it.kind === "foreignKey" || it.kind === "deferral");
      const later = next?.kind === "deferral" ? next.tokens : [];
      return { kind, ...name, columns, ...reference(tokens), ...deferral([...tokens, ...later]) };
    }
    default:
      return undefined;
  }
}

type Tokens = Clause["tokens"];

type Reference = Pick<
  ConstraintOf<"foreignKey">,
  "references" | "onDelete" | "onUpdate" | "match"
>;

function reference(tokens: Tokens): Reference {
  const said = tokens.slice(tokens.findIndex((it) => it.word === "REFERENCES"));
  const columns = said[2]?.text === "(" ? columnsIn(said) : [];
  const [onDelete, onUpdate] = [action(said, "DELETE"), action(said, "UPDATE")];
  return {
    references: { name: said[1]?.name ?? "", columns },
    ...(onDelete && { onDelete }),
    ...(onUpdate && { onUpdate }),
    ...match(said),
  };
}

const actions = [
  "restrict",
  "cascade",
  "set null",
  "set default",
] as const satisfies readonly ForeignKeyAction[];

/** The last one counts. */
function action(tokens: Tokens, event: "DELETE" | "UPDATE"): ForeignKeyAction | undefined {
  const on = tokens.findLastIndex((it, at) => it.word === event && tokens[at - 1]?.word === "ON");
  const words = tokens.slice(on + 1, on + 3).map((it) => it.word?.toLowerCase() ?? "");
  return on < 0 ? undefined : actions.find((it) => `${words.join(" ")} `.startsWith(`${it} `));
}

function deferral(tokens: Tokens): { readonly deferrable?: Deferrable } {
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

function conflict(tokens: Tokens): { readonly onConflict?: ConflictResolution } {
  const at = tokens.findIndex((it) => it.word === "CONFLICT");
  const said = at < 0 ? undefined : tokens[at + 1]?.word?.toLowerCase();
  const onConflict = resolutions.find((it) => it === said);
  return onConflict ? { onConflict } : {};
}

function match(tokens: Tokens): Pick<Reference, "match"> {
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

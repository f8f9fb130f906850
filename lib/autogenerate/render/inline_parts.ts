import { columnsOf } from "../../schema/columns_of.ts";
import type { Constraint, ConstraintOf, Index, Table } from "../../schema/schema.ts";

/** The parts of a table that its columns can declare themselves. The others follow the columns. */
export interface InlineParts {
  /** By the column's name; a primary key of several columns is under each of them. */
  readonly constraints: ReadonlyMap<string, readonly Constraint[]>;
  readonly indexes: ReadonlyMap<string, Index>;
  readonly otherConstraints: readonly Constraint[];
  readonly otherIndexes: readonly Index[];
}

/** Distributes the parts so that recording what the columns declare, and then the others, restores the order. */
export function inlineParts({ columns, constraints, indexes }: TableParts): InlineParts {
  const names = columns.map((it) => it.name);
  const lead = leading(constraints, (it) => constraintRank(it, names));
  const leadingIndexes = leading(indexes, (it) => indexRank(it, names));
  return {
    constraints: new Map(
      names.map((name) => [
        name,
        constraints.slice(0, lead).filter((it) => inlineColumns(it, names).includes(name)),
      ]),
    ),
    indexes: new Map(
      indexes.slice(0, leadingIndexes).flatMap((it) =>
        indexColumn(it).map((name) => [name, it] as const)
      ),
    ),
    otherConstraints: constraints.slice(lead),
    otherIndexes: indexes.slice(leadingIndexes),
  };
}

/** Returns `table` with its constraints and indexes in the order in which its columns can declare most of them. */
export function inWritingOrder(table: Table): Table {
  const names = table.columns.map((it) => it.name);
  const last = Number.MAX_SAFE_INTEGER;
  const ordered = <Part>(parts: readonly Part[], rank: (part: Part) => number | undefined) =>
    [...parts].sort((a, b) => (rank(a) ?? last) - (rank(b) ?? last));
  return {
    ...table,
    constraints: ordered(table.constraints, (it) => constraintRank(it, names)),
    indexes: ordered(table.indexes, (it) => indexRank(it, names)),
  };
}

type TableParts = Pick<Table, "columns" | "constraints" | "indexes">;

/** Returns how many of `parts`, from the first on, have a higher rank than the one before. */
function leading<Part>(
  parts: readonly Part[],
  rank: (part: Part) => number | undefined,
): number {
  let before = -1;
  const end = parts.findIndex((it) => {
    const own = rank(it) ?? -1;
    const follows = own > before;
    before = own;
    return !follows;
  });
  return end < 0 ? parts.length : end;
}

/** Returns the position at which recording puts `constraint` if a column declares it; undefined: none can. */
function constraintRank(constraint: Constraint, names: readonly string[]): number | undefined {
  const [column] = inlineColumns(constraint, names);
  if (column === undefined) return undefined;
  if (constraint.kind === "primaryKey") return 0;
  const kinds: readonly Constraint["kind"][] = ["unique", "foreignKey", "check"];
  return 1 + kinds.length * names.indexOf(column) + kinds.indexOf(constraint.kind);
}

function indexRank(index: Index, names: readonly string[]): number | undefined {
  const [column] = indexColumn(index);
  return column !== undefined && names.includes(column) ? names.indexOf(column) : undefined;
}

/** Returns the columns that declare `constraint` themselves; empty if it specifies more than they can. */
function inlineColumns(constraint: Constraint, names: readonly string[]): readonly string[] {
  if (constraint.kind === "primaryKey") {
    const inOrder = names.filter((it) => constraint.columns.includes(it));
    return isInline(constraint) && String(inOrder) === String(constraint.columns) ? inOrder : [];
  }
  const own = names.filter((it) => columnsOf(constraint).has(it));
  return own.length === 1 && isInline(constraint) ? own : [];
}

/** Says whether a column can declare `constraint`, provided that it is on that column alone. */
export function isInline(constraint: Constraint): boolean {
  switch (constraint.kind) {
    case "primaryKey":
      return says(constraint, ["columns"]);
    case "unique":
      return constraint.columns.length === 1 && says(constraint, ["name", "columns"]);
    case "foreignKey":
      return inlineReference(constraint) !== undefined;
    case "check":
      return says(constraint, ["expression"]);
    case "exclude":
      return false;
  }
}

/** Says whether `constraint` has no properties but `keys`. */
function says(constraint: Constraint, keys: readonly string[]): boolean {
  return Object.entries(constraint).every(([key, value]) =>
    value === undefined || key === "kind" || key === "final" || keys.includes(key)
  );
}

/** Returns the column that a foreign key references, if it is from one column to one. */
export function inlineReference(
  { columns, references }: ConstraintOf<"foreignKey">,
): string | undefined {
  const isOne = columns.length === 1 && references.columns.length === 1;
  return isOne ? references.columns[0] : undefined;
}

function indexColumn({ name: _, on, unique, ...more }: Index): readonly string[] {
  const [first, ...others] = on;
  const isPlain = typeof first === "string" && others.length === 0 && !unique;
  return isPlain && Object.keys(more).length === 0 ? [first] : [];
}

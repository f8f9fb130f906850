import { partsOf } from "./index_element.ts";
import type { Constraint, Index, Table } from "./schema.ts";

/** Returns why no database can have `table`, if that is so. Revisions in JavaScript may say anything. */
export function tableProblem(table: Table): string | undefined {
  const { columns, constraints, indexes } = table;
  const names = columns.map((it) => it.name);
  const twice = names.find((it, at) => names.indexOf(it) !== at);
  const borrows = table.options?.partitionOf ?? table.options?.inherits;
  if (columns.length === 0 && !borrows) return "it has no columns";
  if (names.some((it) => !isName(it))) return "a column of it has no name";
  if (twice !== undefined) return `it has the column "${twice}" twice`;
  if (constraints.filter((it) => it.kind === "primaryKey").length > 1) {
    return "it has two primary keys; several columns of one key say so each, or primaryKey([…]) does";
  }
  // The columns of what it is a part of are not known here.
  const known = borrows ? undefined : names;
  return first(constraints, (it) => constraintProblem(it, known)) ??
    first(indexes, (it) => indexProblem(it, known));
}

/** Returns why no table with `columns` can have `constraint`; without them, why none at all can. */
export function constraintProblem(
  constraint: Constraint,
  columns: readonly string[] | undefined,
): string | undefined {
  switch (constraint.kind) {
    case "primaryKey":
    case "unique":
      return keyProblem(constraint.columns, columns, words[constraint.kind]);
    case "foreignKey": {
      const { length } = constraint.references.columns;
      if (length > 0 && length !== constraint.columns.length) {
        return `a foreign key has ${constraint.columns.length} columns here and ${length} there`;
      }
      return keyProblem(constraint.columns, columns, words.foreignKey);
    }
    case "check":
      return isName(constraint.expression.sql) ? undefined : "a check has no condition";
    case "exclude":
      return constraint.elements.length > 0 ? undefined : "an exclusion constraint has no elements";
  }
  return "something in it is no column, constraint, index or comment";
}

/** Returns why no table with `columns` can have `index`; without them, why none at all can. */
export function indexProblem(
  { name, on }: Index,
  columns: readonly string[] | undefined,
): string | undefined {
  if (!isName(name)) return "an index of it has no name";
  const wanted = on.map((it) => partsOf(it).on).filter((it) => typeof it === "string");
  return on.length === 0
    ? `the index "${name}" has no columns`
    : unknownColumn(wanted, columns, `index "${name}"`);
}

/** Says whether `name` can name anything. */
export function isName(name: unknown): boolean {
  return typeof name === "string" && name !== "";
}

const words = {
  primaryKey: "primary key",
  unique: "unique constraint",
  foreignKey: "foreign key",
} as const satisfies Partial<Record<Constraint["kind"], string>>;

function keyProblem(
  wanted: readonly string[],
  columns: readonly string[] | undefined,
  what: string,
): string | undefined {
  return wanted.length === 0 ? `the ${what} has no columns` : unknownColumn(wanted, columns, what);
}

function unknownColumn(
  wanted: readonly string[],
  columns: readonly string[] | undefined,
  what: string,
): string | undefined {
  const unknown = columns && wanted.find((it) => !columns.includes(it));
  return unknown === undefined
    ? undefined
    : `the ${what} names the column "${unknown}", which it does not have`;
}

function first<Part>(
  parts: readonly Part[],
  problem: (part: Part) => string | undefined,
): string | undefined {
  for (const part of parts) {
    const found = problem(part);
    if (found !== undefined) return found;
  }
  return undefined;
}

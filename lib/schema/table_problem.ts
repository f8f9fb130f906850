import { partsOf } from "./index_element.ts";
import { isName } from "./is_name.ts";
import type { Column, Constraint, ForeignKeyAction, Index, Table } from "./schema.ts";
import { typeProblem } from "./type_problem.ts";

/**
 * Returns why no database can have `table`, or undefined if it is valid. Revisions in JavaScript may
 * pass anything.
 */
export function tableProblem(table: Table): string | undefined {
  const { columns, constraints, indexes } = table;
  const names = columns.map((it) => it.name);
  const twice = names.find((it, at) => names.indexOf(it) !== at);
  const borrows = table.options?.partitionOf ?? table.options?.inherits;
  if (columns.length === 0 && !borrows) return "it has no columns";
  if (names.some((it) => !isName(it))) return "one of its columns has no name";
  if (twice !== undefined) return `it has the column "${twice}" twice`;
  if (constraints.filter((it) => it.kind === "primaryKey").length > 1) {
    return "it has two primary keys: mark each column of the key, or use primaryKey([…]), but not both";
  }
  const wrong = columns.find((it) => columnProblem(it) !== undefined);
  if (wrong) return `in the column "${wrong.name}", ${columnProblem(wrong)}`;
  // The columns of the parent tables are not known here.
  const known = borrows ? undefined : names;
  return first(constraints, (it) => constraintProblem(it, known)) ??
    first(indexes, (it) => indexProblem(it, known));
}

/** Returns why no table can have `column`. */
export function columnProblem({ type, nullable, identity }: Column): string | undefined {
  return typeProblem(type) ?? nullableProblem(nullable) ?? identityProblem(identity);
}

export function nullableProblem(nullable: unknown): string | undefined {
  return typeof nullable === "boolean" ? undefined : "nullable is neither true nor false";
}

/** Returns why `identity` is not a valid one; absent is valid. */
export function identityProblem(identity: string | undefined): string | undefined {
  return identity === undefined || Object.hasOwn(identities, identity)
    ? undefined
    : `its identity is not one of ${Object.keys(identities).join(", ")}`;
}

const identities: Readonly<Record<NonNullable<Column["identity"]>, true>> = {
  always: true,
  byDefault: true,
  serial: true,
  none: true,
};

/** Returns why a table with `columns` cannot have `constraint`; without `columns`, why no table can. */
export function constraintProblem(
  constraint: Constraint,
  columns: readonly string[] | undefined,
): string | undefined {
  switch (constraint?.kind) {
    case "primaryKey":
    case "unique":
      return keyProblem(constraint.columns, columns, words[constraint.kind]);
    case "foreignKey": {
      if (!Array.isArray(constraint.columns)) {
        return "the columns of the foreign key are not a list";
      }
      const { onDelete, onUpdate, references: { columns: referenced } } = constraint;
      if (!Array.isArray(referenced) || !referenced.every(isName)) {
        return "the columns that the foreign key refers to are not a list of names";
      }
      const { length } = referenced;
      const action = [onDelete, onUpdate].find((it) => it !== undefined && !isAction(it));
      if (action !== undefined) return `"${action}" is not an action of a foreign key`;
      if (length > 0 && length !== constraint.columns.length) {
        return `a foreign key has ${constraint.columns.length} columns here and ${length} there`;
      }
      return keyProblem(constraint.columns, columns, words.foreignKey);
    }
    case "check":
      return isName(constraint.expression.sql) ? undefined : "a check has no condition";
    case "exclude":
      if (constraint.elements.length === 0) return "an exclusion constraint has no elements";
      return constraint.elements.every(({ on, operator }) => on && operator)
        ? undefined
        : "an element of an exclusion constraint has no column or no operator";
  }
  return "something in it is not a column, constraint, index or comment";
}

/** Returns why a table with `columns` cannot have `index`; without `columns`, why no table can. */
export function indexProblem(
  { name, on }: Index,
  columns: readonly string[] | undefined,
): string | undefined {
  if (!isName(name)) return "one of its indexes has no name";
  if (!Array.isArray(on)) return `the columns of the index "${name}" are not a list`;
  const parts = on.map((it) => partsOf(it).on);
  if (parts.some((it) => it === undefined)) {
    return `an element of the index "${name}" names no column`;
  }
  const wanted = parts.filter((it) => typeof it === "string");
  return on.length === 0
    ? `the index "${name}" has no columns`
    : unknownColumn(wanted, columns, `index "${name}"`);
}

function isAction(action: string): boolean {
  return Object.hasOwn(actions, action.toLowerCase());
}

const actions: Readonly<Record<ForeignKeyAction, true>> = {
  "no action": true,
  restrict: true,
  cascade: true,
  "set null": true,
  "set default": true,
};

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
  if (!Array.isArray(wanted)) return `the columns of the ${what} are not a list`;
  if (!wanted.every(isName)) return `a column of the ${what} has no name`;
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

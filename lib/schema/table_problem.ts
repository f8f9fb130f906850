import type { Constraint, Index, Table } from "./schema.ts";

/** Returns why no database can have `table`, if that is so. Revisions in JavaScript may say anything. */
export function tableProblem(table: Table): string | undefined {
  const { columns, constraints, indexes } = table;
  const names = columns.map((it) => it.name);
  const twice = names.find((it, at) => names.indexOf(it) !== at);
  if (columns.length === 0) return "it has no columns";
  if (names.some((it) => !isName(it))) return "a column of it has no name";
  if (twice !== undefined) return `it has the column "${twice}" twice`;
  if (constraints.filter((it) => it.kind === "primaryKey").length > 1) {
    return "it has two primary keys; several columns of one key say so each, or primaryKey([…]) does";
  }
  return first(constraints, (it) => constraintProblem(it, names)) ??
    first(indexes, (it) => indexProblem(it, names));
}

/** Returns why no table with `columns` can have `constraint`. */
export function constraintProblem(
  constraint: Constraint,
  columns: readonly string[],
): string | undefined {
  switch (constraint.kind) {
    case "primaryKey":
    case "unique":
      return missing(constraint.columns, columns, words[constraint.kind]);
    case "foreignKey": {
      const { columns: own, references } = constraint;
      if (references.columns.length > 0 && references.columns.length !== own.length) {
        return `a foreign key has ${own.length} columns here and ${references.columns.length} there`;
      }
      return missing(own, columns, words.foreignKey);
    }
    case "check":
      return isName(constraint.expression.sql) ? undefined : "a check has no condition";
  }
  return "something in it is no column, constraint, index or comment";
}

/** Returns why no table with `columns` can have `index`. */
export function indexProblem({ name, on }: Index, columns: readonly string[]): string | undefined {
  if (!isName(name)) return "an index of it has no name";
  return missing(on.filter((it) => typeof it === "string"), columns, `index "${name}"`) ??
    (on.length === 0 ? `the index "${name}" has no columns` : undefined);
}

export function isName(name: unknown): boolean {
  return typeof name === "string" && name !== "";
}

const words = {
  primaryKey: "primary key",
  unique: "unique constraint",
  foreignKey: "foreign key",
} as const satisfies Partial<Record<Constraint["kind"], string>>;

function missing(
  wanted: readonly string[],
  columns: readonly string[],
  what: string,
): string | undefined {
  if (wanted.length === 0 && !what.startsWith("index")) return `the ${what} has no columns`;
  const unknown = wanted.find((it) => !columns.includes(it));
  return unknown === undefined ? undefined : `the ${what} names the column "${unknown}", which it does not have`;
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

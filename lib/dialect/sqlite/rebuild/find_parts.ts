import { renameColumnIn } from "../../../operations/apply/rename.ts";
import type { OperationOf } from "../../../operations/operation.ts";
import { notFound } from "../../../schema/not_found.ts";
import type { Column, Constraint, QualifiedName, Table } from "../../../schema/schema.ts";
import { nameConstraints } from "../../../schema/name_constraints.ts";
import type { Clause, Item, ParsedTable } from "../parse_table.ts";
import { plainNames } from "../plain_names.ts";
import { columnNames, readConstraint, type WrittenConstraint } from "../read_table_text.ts";
import { foldCase, sameIdentifier } from "../same_identifier.ts";

/** A column's item, with its index among the items. */
export interface FoundColumn {
  readonly index: number;
  readonly item: Item & { readonly column: NonNullable<Item["column"]> };
}

/** A constraint, and where it is. */
export interface FoundConstraint {
  readonly index: number;
  readonly item: Item;
  readonly clause: Clause;
  readonly constraint: WrittenConstraint;
}

export function findColumn({ items }: ParsedTable, name: string): FoundColumn | undefined {
  for (const [index, item] of items.entries()) {
    const { column } = item;
    if (column && sameIdentifier(column.name.name, name)) {
      return { index, item: { ...item, column } };
    }
  }
  return undefined;
}

/** @throws {ToolError} `operation/invalid` if the table has no column `name`. */
export function columnIn(parsed: ParsedTable, name: string, table: QualifiedName): FoundColumn {
  const found = findColumn(parsed, name);
  if (found) return found;
  throw notFound("column", name, { of: table, among: columnNames(parsed) });
}

/** Returns the constraints of a table, in the order of its text. */
export function allConstraints(parsed: ParsedTable): readonly FoundConstraint[] {
  return parsed.items.flatMap((item, index) =>
    item.clauses.flatMap((clause, at) => {
      const constraint = readConstraint(item, at, parsed);
      return constraint ? [{ index, item, clause, constraint }] : [];
    })
  );
}

/**
 * Returns the constraint `name`. An unnamed one is found by its definition if `existing` gives that, and by
 * the name that PostgreSQL would generate for it, so that one revision works on both databases.
 */
export function findConstraint(
  parsed: ParsedTable,
  name: string,
  table: QualifiedName,
  existing?: Constraint,
): FoundConstraint | undefined {
  const all = allConstraints(parsed);
  const named = all.find((it) => sameIdentifier(it.constraint.name, name));
  if (named) return named;
  const unnamed = all.filter((it) => it.constraint.name === undefined);
  const same = existing && unnamed.find((it) => isSame(it.constraint, existing));
  if (same) return same;
  const names = constraintNames(parsed, table);
  return all.find((_, at) => sameIdentifier(names[at], name));
}

/**
 * Returns the names of a table's constraints, including generated ones for the unnamed, in their order.
 *
 * @param renamed The columns to be renamed first: generated names contain theirs.
 */
export function constraintNames(
  parsed: ParsedTable,
  table: QualifiedName,
  renamed: readonly OperationOf<"renameColumn">[] = [],
): readonly (string | undefined)[] {
  const made = renamed.reduce(
    (it, { column, to }) => renameColumnIn(it, it, column, to),
    asTable(parsed, table, allConstraints(parsed)),
  );
  return nameConstraints(made).map((it) => it.name);
}

function isSame(written: Constraint, model: Constraint): boolean {
  return foldCase(JSON.stringify(essence(written))) === foldCase(JSON.stringify(essence(model)));
}

/** Returns what distinguishes an unnamed constraint from others. */
function essence(constraint: Constraint): readonly unknown[] {
  const { kind } = constraint;
  switch (kind) {
    case "check":
      return [kind, plainNames(constraint.expression).sql.replaceAll(/\s+/g, "")];
    case "exclude":
      return [kind, constraint.elements];
    case "foreignKey": {
      const { columns, references, onDelete, onUpdate, match, deferrable } = constraint;
      const actions = [onDelete, onUpdate].map((it) => it ?? "no action");
      return [kind, columns, references.name, references.columns, actions, match, deferrable];
    }
    default:
      return [kind, constraint.columns, constraint.onConflict];
  }
}

function asTable(
  parsed: ParsedTable,
  { name }: QualifiedName,
  all: readonly FoundConstraint[],
): Table {
  return {
    name,
    columns: columnNames(parsed).map((it): Column => ({
      name: it,
      type: { kind: "text" },
      nullable: true,
    })),
    constraints: all.map((it) => it.constraint),
    indexes: [],
  };
}

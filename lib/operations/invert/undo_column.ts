import { columnsOf } from "../../schema/columns_of.ts";
import { nameConstraints } from "../../schema/name_constraints.ts";
import { nameOf } from "../../schema/qualified_name.ts";
import { sameFamily } from "../../schema/type_family.ts";
import { numberingOf } from "../../schema/serial.ts";
import type { Column, Constraint, Index, QualifiedName, Table } from "../../schema/schema.ts";
import type { ColumnChange, IdentityChange } from "../column_change.ts";
import { irreversible } from "./irreversible.ts";
import type { Irreversible, Operation, OperationOf } from "../operation.ts";

/**
 * Returns the operations that restore a dropped column, with the constraints and indexes on it alone.
 */
export function undoDropColumn(
  { table, column, existing, ifExists }: OperationOf<"dropColumn">,
  there: Table | undefined,
): readonly Operation[] | Irreversible {
  const found = existing ?? there?.columns.find((it) => it.name === column);
  if (found === undefined) {
    return ifExists && there
      ? []
      : irreversible("the definition of the dropped column is not known");
  }
  const constraints = there?.constraints.filter((it) => columnsOf(it).has(column)) ?? [];
  if (constraints.some((it) => onSeveral(it, there))) {
    return irreversible(`a constraint on "${column}" and other columns was dropped with it`);
  }
  const indexes = there?.indexes.filter((it) => columnsOf(it).has(column)) ?? [];
  return [
    { kind: "addColumn", table, column: found, constraints },
    ...countAgain(constraints, there),
    ...indexes.map((index): Operation => ({ kind: "createIndex", table, index })),
  ];
}

/** Returns the operations that drop NOT NULL from `columns`, which a primary key added. */
export function nullableAgain(
  columns: readonly string[],
  table: QualifiedName,
): readonly Operation[] {
  return columns.map((column) => ({
    kind: "alterColumn",
    table,
    column,
    change: { nullable: true },
    existing: { nullable: false },
  }));
}

/**
 * Returns the operations that restore AUTOINCREMENT, if `table` had it and `constraints` include its
 * primary key.
 */
export function countAgain(
  constraints: readonly Constraint[],
  table: Table | undefined,
): readonly Operation[] {
  if (!table?.options?.autoincrement || !constraints.some((it) => it.kind === "primaryKey")) {
    return [];
  }
  return [{ kind: "alterTable", table: nameOf(table), change: { autoincrement: true } }];
}

function onSeveral(constraint: Table["constraints"][number], table: Table | undefined): boolean {
  const named = columnsOf(constraint);
  return (table?.columns ?? []).filter((it) => named.has(it.name)).length > 1;
}

/**
 * Returns the operations that make a column of `there` a generated one again. As the column may have to
 * be recreated for that, constraints and indexes on it are dropped and restored around `alter`, whose
 * `existing` gets all the properties of the column.
 */
export function computeAgain(
  alter: OperationOf<"alterColumn">,
  there: Table,
): readonly Operation[] {
  const { table, column } = alter;
  const stands = (on: Constraint | Index) => columnsOf(on).has(column);
  const named = nameConstraints(there).filter(stands);
  const constraints = there.constraints.filter(stands);
  const indexes = there.indexes.filter(stands);
  const { type, nullable, comment, collation } = there.columns.find((it) => it.name === column) ??
    {};
  const existing: ColumnChange = {
    ...(type && { type }),
    ...(nullable !== undefined && { nullable }),
    ...(comment !== undefined && { comment }),
    ...(collation !== undefined && { collation }),
    ...alter.existing,
  };
  return [
    ...indexes.map((it): Operation => ({
      kind: "dropIndex",
      table,
      index: it.name,
      existing: it,
    })),
    ...named.map((it): Operation => ({
      kind: "dropConstraint",
      table,
      name: it.name ?? "",
      existing: it,
    })),
    { ...alter, existing },
    ...constraints.map((constraint): Operation => ({ kind: "addConstraint", table, constraint })),
    ...indexes.map((index): Operation => ({ kind: "createIndex", table, index })),
  ];
}

/**
 * Returns the previous value of each property of `change`, as known from the operation or the column.
 */
export function oldValues(
  change: ColumnChange,
  existing: ColumnChange,
  column: Column | undefined,
): ColumnChange | Irreversible {
  const old: ColumnChange = {
    ...(column && {
      type: column.type,
      nullable: column.nullable,
      default: column.default ?? null,
      comment: column.comment ?? null,
      collation: column.collation ?? null,
      identity: column.identity && column.identity !== "none"
        ? { generation: column.identity, ...numberingOf(column) }
        : null,
      generated: column.generated ?? null,
    }),
    ...existing,
  };
  const unknown = properties.find(({ key }) => change[key] !== undefined && old[key] === undefined);
  if (unknown) {
    return irreversible(
      `the column's previous ${unknown.word} is not known: give ${unknown.option}`,
    );
  }
  const { type } = change;
  // Converted to the other type, PostgreSQL may not convert the default back by itself.
  const loses = type && old.type && !sameFamily(old.type, type) && change.default === undefined;
  return {
    ...(type && old.type && { type: old.type }),
    ...(loses && old.default && { default: old.default }),
    ...(change.nullable !== undefined && old.nullable !== undefined && { nullable: old.nullable }),
    ...(change.default !== undefined && old.default !== undefined && { default: old.default }),
    ...(change.comment !== undefined && old.comment !== undefined && { comment: old.comment }),
    ...(change.collation !== undefined && old.collation !== undefined &&
      { collation: old.collation }),
    ...(change.identity !== undefined && old.identity !== undefined &&
      { identity: oldIdentity(change.identity, old.identity) }),
    ...(change.generated !== undefined && old.generated !== undefined &&
      { generated: old.generated }),
  };
}

/** An option that is set now and was not before had the database's default. */
function oldIdentity(
  change: IdentityChange | null,
  old: IdentityChange | null,
): IdentityChange | null {
  if (change === null || old === null) return old;
  const { generation: _, ...options } = change;
  const unsaid = Object.keys(options).map((it) => [it, null]);
  return { ...Object.fromEntries(unsaid), ...old };
}

const properties = [
  { key: "type", word: "type", option: "existingType" },
  { key: "nullable", word: "nullability", option: "existingNullable" },
  { key: "default", word: "default", option: "existingServerDefault" },
  { key: "comment", word: "comment", option: "existingComment" },
  { key: "collation", word: "collation", option: "existingCollation" },
  { key: "identity", word: "identity", option: "existingIdentity" },
  { key: "generated", word: "expression", option: "a downgrade function" },
] as const satisfies readonly {
  readonly key: keyof ColumnChange;
  readonly word: string;
  readonly option: string;
}[];

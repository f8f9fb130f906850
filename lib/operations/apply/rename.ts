import { sameName } from "../../schema/qualified_name.ts";
import type {
  Column,
  Constraint,
  Enum,
  Index,
  QualifiedName,
  Table,
  TableOptions,
} from "../../schema/schema.ts";
import type { ColumnType } from "../../schema/types.ts";
import { partsOf, placedOn } from "../../schema/index_element.ts";
import { renamedNumbering } from "../../schema/serial.ts";
import { renameIdentifier } from "../../sql/identifiers.ts";
import { quoteName } from "../../sql/quote.ts";
import type { Sql } from "../../sql/statement.ts";
import { renameWord } from "../../sql/words.ts";

/**
 * Returns `table` after the table `name` is renamed, which may be `table`, one that it refers to, or one
 * whose row type it uses.
 */
export function renameTableIn(table: Table, name: QualifiedName, to: string): Table {
  const constraints = table.constraints.map((it): Constraint =>
    it.kind === "foreignKey" && sameName(it.references, name)
      ? { ...it, references: { ...it.references, name: to } }
      : it
  );
  const isIt = sameName(table, name);
  const columns = table.columns.map((it) => renameRowType(it, name, to));
  return {
    ...table,
    constraints,
    columns: isIt ? columns.map((it) => renamedNumbering(it, table, { table: to })) : columns,
    ...(table.options && { options: renameParents(table.options, name, to) }),
    ...(isIt && { name: to }),
  };
}

function renameRowType(column: Column, name: QualifiedName, to: string): Column {
  const renamed = (type: ColumnType): ColumnType => {
    if (type.kind === "array") return { ...type, of: renamed(type.of) };
    return type.kind === "native" && type.sql === quoteName(name)
      ? { ...type, sql: quoteName({ ...name, name: to }) }
      : type;
  };
  const isOther = (before: string) => !/::(?:"(?:[^"]|"")*"\.|[^\s."]+\.)?$/.test(before);
  return {
    ...column,
    type: renamed(column.type),
    ...(column.default &&
      { default: { sql: renameWord(column.default.sql, name.name, to, isOther) } }),
  };
}

function renameParents(options: TableOptions, name: QualifiedName, to: string): TableOptions {
  const renamed = (it: QualifiedName) => sameName(it, name) ? { ...it, name: to } : it;
  const { inherits, partitionOf } = options;
  return {
    ...options,
    ...(inherits && { inherits: inherits.map(renamed) }),
    ...(partitionOf && { partitionOf: { ...partitionOf, table: renamed(partitionOf.table) } }),
  };
}

/**
 * Returns the `tables` that have the columns of `table`: its partitions, the tables that inherit from
 * it, and their own.
 */
export function heirsOf(table: QualifiedName, tables: readonly Table[]): readonly Table[] {
  const isHeir = ({ options: { inherits = [], partitionOf } = {} }: Table) =>
    [...inherits, ...partitionOf ? [partitionOf.table] : []].some((it) => sameName(it, table));
  return tables.filter(isHeir).flatMap((it) => [it, ...heirsOf(it, tables)]);
}

/**
 * Returns `table` after a column of the table `on`, which may be `table` or one that it refers to, is
 * renamed.
 */
export function renameColumnIn(table: Table, on: QualifiedName, column: string, to: string): Table {
  const own = sameName(table, on) ? renameOwn(table, column, to) : table;
  const constraints = own.constraints.map((it): Constraint => {
    if (it.kind !== "foreignKey" || !sameName(it.references, on)) return it;
    const columns = renameAll(it.references.columns, column, to);
    return { ...it, references: { ...it.references, columns } };
  });
  return { ...own, constraints };
}

function renameOwn(table: Table, from: string, to: string): Table {
  return {
    ...table,
    columns: table.columns.map((it): Column => ({
      ...(it.name === from ? renamedNumbering(it, table, { column: to }) : it),
      ...(it.generated && {
        generated: {
          ...it.generated,
          expression: renameIdentifier(it.generated.expression, from, to),
        },
      }),
    })),
    constraints: table.constraints.map((it) => renameInConstraint(it, from, to)),
    indexes: table.indexes.map((it): Index => ({
      ...it,
      on: it.on.map((part) => placedOn(part, renameIn(partsOf(part).on, from, to))),
      ...(it.include && { include: renameAll(it.include, from, to) }),
      ...(it.where && { where: renameIdentifier(it.where, from, to) }),
    })),
    ...(table.options && { options: renameInOptions(table.options, from, to) }),
  };
}

function renameInOptions(options: TableOptions, from: string, to: string): TableOptions {
  const { partitionBy } = options;
  return {
    ...options,
    ...(partitionBy && { partitionBy: renameIdentifier(partitionBy, from, to) }),
  };
}

function renameInConstraint(it: Constraint, from: string, to: string): Constraint {
  switch (it.kind) {
    case "check":
      return { ...it, expression: renameIdentifier(it.expression, from, to) };
    case "exclude":
      return {
        ...it,
        elements: it.elements.map((part) => ({ ...part, on: renameIn(part.on, from, to) })),
        ...(it.include && { include: renameAll(it.include, from, to) }),
        ...(it.where && { where: renameIdentifier(it.where, from, to) }),
      };
    case "foreignKey":
      return {
        ...it,
        columns: renameAll(it.columns, from, to),
        ...(it.onDeleteColumns &&
          { onDeleteColumns: renameAll(it.onDeleteColumns, from, to) }),
      };
    default:
      return {
        ...it,
        columns: renameAll(it.columns, from, to),
        ...(it.include && { include: renameAll(it.include, from, to) }),
      };
  }
}

function renameIn(part: string | Sql, from: string, to: string): string | Sql {
  if (typeof part !== "string") return renameIdentifier(part, from, to);
  return part === from ? to : part;
}

function renameAll(names: readonly string[], from: string, to: string): readonly string[] {
  return names.map((it) => it === from ? to : it);
}

/** Returns `table` with the values of `made` in the types of its columns. */
export function retypeEnumIn(table: Table, made: Enum): Table {
  const retyped = (type: ColumnType): ColumnType => {
    if (type.kind === "array") return { ...type, of: retyped(type.of) };
    return type.kind === "enum" && sameName(type.name, made)
      ? { ...type, values: made.values }
      : type;
  };
  return { ...table, columns: table.columns.map((it) => ({ ...it, type: retyped(it.type) })) };
}

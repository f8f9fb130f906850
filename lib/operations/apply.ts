import { ToolError } from "../error.ts";
import { sameName, showName } from "../schema/qualified_name.ts";
import type { Column, Constraint, QualifiedName, Schema, Table } from "../schema/schema.ts";
import { handle } from "./handle.ts";
import type { ColumnChange, Operation } from "./operation.ts";
import { renameColumnIn, renameTableIn } from "./rename.ts";

/**
 * Returns the schema after `operation`. What only the database can know (`execute`, `run`) leaves it
 * as it is, and so does what changes rows alone.
 *
 * @throws {ToolError} `operation/invalid` if the operation cannot be done to `before`.
 */
export function apply(operation: Operation, before: Schema): Schema {
  return handle<Schema>(operation, {
    createTable: ({ table, ifNotExists }) => {
      if (!find(before, table)) return { tables: [...before.tables, table] };
      if (ifNotExists) return before;
      throw invalid(`Cannot create the table "${showName(table)}": it is there already`);
    },
    dropTable: ({ name, ifExists }) => {
      if (!find(before, name) && ifExists) return before;
      existing(before, name);
      return { tables: before.tables.filter((it) => !sameName(it, name)) };
    },
    renameTable: ({ name, to }) => {
      existing(before, name);
      if (find(before, { ...name, name: to })) throw invalid(`Cannot rename the table "${showName(name)}": "${to}" is there already`);
      return { tables: before.tables.map((it) => renameTableIn(it, name, to)) };
    },
    addColumn: ({ table, column, constraints }) =>
      change(before, table, (it) => {
        if (it.columns.some(({ name }) => name === column.name)) {
          throw invalid(`Cannot add the column "${column.name}" to "${showName(table)}": it is there already`);
        }
        return { ...it, columns: [...it.columns, column], constraints: [...it.constraints, ...constraints] };
      }),
    dropColumn: ({ table, column }) =>
      change(before, table, (it) => {
        columnOf(it, column);
        return {
          ...it,
          columns: it.columns.filter(({ name }) => name !== column),
          constraints: it.constraints.filter((part) => !uses(part, column)),
          indexes: it.indexes.filter((index) => !index.on.includes(column)),
        };
      }),
    renameColumn: ({ table, column, to }) => {
      const there = existing(before, table);
      columnOf(there, column);
      if (there.columns.some(({ name }) => name === to)) throw invalid(`Cannot rename the column "${column}": "${to}" is there already`);
      return { tables: before.tables.map((it) => renameColumnIn(it, table, column, to)) };
    },
    alterColumn: ({ table, column, change: wanted }) =>
      change(before, table, (it) => {
        columnOf(it, column);
        return { ...it, columns: it.columns.map((part) => part.name === column ? altered(part, wanted) : part) };
      }),
    createIndex: ({ table, index, ifNotExists }) =>
      change(before, table, (it) => {
        if (!it.indexes.some(({ name }) => name === index.name)) return { ...it, indexes: [...it.indexes, index] };
        if (ifNotExists) return it;
        throw invalid(`Cannot create the index "${index.name}": it is there already`);
      }),
    dropIndex: ({ table, index, ifExists }) =>
      change(before, table, (it) => {
        if (!ifExists && !it.indexes.some(({ name }) => name === index)) {
          throw invalid(`Cannot drop the index "${index}": the table "${showName(table)}" has none of that name`);
        }
        return { ...it, indexes: it.indexes.filter(({ name }) => name !== index) };
      }),
    bulkInsert: () => before,
    execute: () => before,
    run: () => before,
  });
}

/** Returns the table `name` of `schema`, if it has one. */
export function find(schema: Schema, name: QualifiedName): Table | undefined {
  return schema.tables.find((it) => sameName(it, name));
}

function existing(schema: Schema, name: QualifiedName): Table {
  const found = find(schema, name);
  if (found) return found;
  throw invalid(`Cannot find the table "${showName(name)}"`);
}

function columnOf(table: Table, column: string): Column {
  const found = table.columns.find(({ name }) => name === column);
  if (found) return found;
  throw invalid(`Cannot find the column "${column}" of the table "${showName(table)}"`);
}

function change(schema: Schema, name: QualifiedName, how: (table: Table) => Table): Schema {
  const changed = how(existing(schema, name));
  return { tables: schema.tables.map((it) => sameName(it, name) ? changed : it) };
}

function uses(constraint: Constraint, column: string): boolean {
  return constraint.kind !== "check" && constraint.columns.includes(column);
}

function altered(column: Column, { type, nullable, default: value, comment }: ColumnChange): Column {
  const { default: oldDefault, comment: oldComment, ...rest } = column;
  const newDefault = value === undefined ? oldDefault : value ?? undefined;
  const newComment = comment === undefined ? oldComment : comment ?? undefined;
  return {
    ...rest,
    ...(type && { type }),
    ...(nullable !== undefined && { nullable }),
    ...(newDefault && { default: newDefault }),
    ...(newComment !== undefined && { comment: newComment }),
  };
}

function invalid(message: string): ToolError {
  return new ToolError("operation/invalid", message);
}

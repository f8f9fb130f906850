import { ToolError } from "../error.ts";
import { columnsOf } from "../schema/columns_of.ts";
import { sameName, showName } from "../schema/qualified_name.ts";
import type { Column, QualifiedName, Schema, Table } from "../schema/schema.ts";
import { handle } from "./handle.ts";
import type { ColumnChange } from "./column_change.ts";
import type { Operation } from "./operation.ts";
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
      if (!ifExists) existing(before, name);
      return { tables: before.tables.filter((it) => !sameName(it, name)) };
    },
    renameTable: ({ name, to }) => {
      existing(before, name);
      if (find(before, { ...name, name: to })) {
        throw invalid(`Cannot rename the table "${showName(name)}": "${to}" is there already`);
      }
      return { tables: before.tables.map((it) => renameTableIn(it, name, to)) };
    },
    addColumn: ({ table, column, constraints }) =>
      change(before, table, (it) => {
        vacant(it, column.name, `Cannot add the column "${column.name}"`);
        return {
          ...it,
          columns: [...it.columns, column],
          constraints: [...it.constraints, ...constraints],
        };
      }),
    dropColumn: ({ table, column }) =>
      change(before, table, (it) => {
        columnOf(it, column);
        return {
          ...it,
          columns: it.columns.filter(({ name }) => name !== column),
          constraints: it.constraints.filter((part) => !columnsOf(part).has(column)),
          indexes: it.indexes.filter((part) => !columnsOf(part).has(column)),
        };
      }),
    renameColumn: ({ table, column, to }) => {
      const owner = existing(before, table);
      columnOf(owner, column);
      vacant(owner, to, `Cannot rename the column "${column}"`);
      return { tables: before.tables.map((it) => renameColumnIn(it, table, column, to)) };
    },
    alterColumn: ({ table, column, change: wanted }) =>
      change(before, table, (it) => {
        const old = columnOf(it, column);
        const columns = it.columns.map((part) => part === old ? altered(part, wanted) : part);
        return { ...it, columns };
      }),
    createIndex: ({ table, index, ifNotExists }) => {
      const taken = before.tables.some((it) =>
        it.schema === table.schema && it.indexes.some(({ name }) => name === index.name)
      );
      if (taken && ifNotExists) return before;
      if (taken) throw invalid(`Cannot create the index "${index.name}": it is there already`);
      return change(before, table, (it) => ({ ...it, indexes: [...it.indexes, index] }));
    },
    dropIndex: ({ table, index, ifExists }) =>
      change(before, table, (it) => {
        if (!ifExists && !it.indexes.some(({ name }) => name === index)) {
          throw invalid(
            `Cannot drop the index "${index}": the table "${
              showName(table)
            }" has none of that name`,
          );
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

function vacant(table: Table, column: string, doing: string): void {
  if (table.columns.some(({ name }) => name === column)) {
    throw invalid(`${doing}: the table "${showName(table)}" has a column "${column}" already`);
  }
}

function change(schema: Schema, name: QualifiedName, how: (table: Table) => Table): Schema {
  const changed = how(existing(schema, name));
  return { tables: schema.tables.map((it) => sameName(it, name) ? changed : it) };
}

function altered(
  column: Column,
  { type, nullable, default: value, comment }: ColumnChange,
): Column {
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

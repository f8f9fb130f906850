import { columnsOf } from "../schema/columns_of.ts";
import type { Column, QualifiedName, Schema, Table } from "../schema/schema.ts";
import { find } from "./apply.ts";
import { handle } from "./handle.ts";
import type { ColumnChange, Irreversible, Operation, OperationOf } from "./operation.ts";

/**
 * Returns what undoes `operation`, in the order to run it, or why nothing can.
 *
 * @param before The schema that it was done to, where that is known; otherwise only what the
 * operation itself carries of the state before it can be put back.
 */
export function invert(
  operation: Operation,
  before?: Schema,
): readonly Operation[] | Irreversible {
  return handle<readonly Operation[] | Irreversible>(operation, {
    createTable: ({ table, ifNotExists }) =>
      ifNotExists
        ? onlyIfAbsent(before && find(before, table), before, "table", [])
          ?? [dropTableOf(table)]
        : [dropTableOf(table)],
    dropTable: ({ name, existing, ifExists }) => {
      const table = existing ?? (before && find(before, name));
      if (table) return [{ kind: "createTable", table }];
      return ifExists && before ? [] : irreversible("what the dropped table was is not known");
    },
    renameTable: ({ name, to }) => [
      { kind: "renameTable", name: { ...name, name: to }, to: name.name },
    ],
    addColumn: ({ table, column }) => [
      { kind: "dropColumn", table, column: column.name, existing: column },
    ],
    dropColumn: (it) => undropColumn(it, before && find(before, it.table)),
    renameColumn: ({ table, column, to }) => [
      { kind: "renameColumn", table, column: to, to: column },
    ],
    alterColumn: ({ table, column, change, existing = {} }) => {
      const found = before && find(before, table)?.columns.find((it) => it.name === column);
      const old = oldValues(change, existing, found);
      if ("reason" in old) return old;
      return [{ kind: "alterColumn", table, column, change: old, existing: change }];
    },
    createIndex: ({ table, index, concurrently, ifNotExists }) => {
      const there = before && find(before, table)?.indexes.find((it) => it.name === index.name);
      const drop: Operation = {
        kind: "dropIndex",
        table,
        index: index.name,
        existing: index,
        ...(concurrently && { concurrently }),
      };
      return ifNotExists ? onlyIfAbsent(there, before, "index", []) ?? [drop] : [drop];
    },
    dropIndex: ({ table, index: name, existing, concurrently, ifExists }) => {
      const index = existing ??
        (before && find(before, table)?.indexes.find((it) => it.name === name));
      if (index) return [{ kind: "createIndex", table, index, ...(concurrently && { concurrently }) }];
      return ifExists && before ? [] : irreversible("what the dropped index was is not known");
    },
    bulkInsert: () => irreversible("which of the rows were there before is not known"),
    execute: () => irreversible("what SQL of one's own does is not known"),
    run: () => irreversible("what code of one's own does is not known"),
  });
}

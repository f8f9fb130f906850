import type { NameLike } from "../schema/qualified_name.ts";
import type { BatchOperations, Operations } from "./operations.ts";

/** Returns the operations on `table` alone. */
export function batchOperations<Result>(
  op: Operations<Result>,
  table: NameLike,
): BatchOperations<Result> {
  return {
    addColumn: (column, position) =>
      op.addColumn(table, column, position === undefined ? {} : { position }),
    dropColumn: (column) => op.dropColumn(table, column),
    renameColumn: (column, to) => op.renameColumn(table, column, to),
    alterColumn: (column, change) => op.alterColumn(table, column, change),
    addConstraint: (constraint) => op.addConstraint(table, constraint),
    dropConstraint: (name) => op.dropConstraint(table, name),
    createIndex: (name, on, options) => op.createIndex(name, table, on, options),
    dropIndex: (name) => op.dropIndex(name, { table }),
    commentTable: (comment) => op.commentTable(table, comment),
  };
}

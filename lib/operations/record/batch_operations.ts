import type { NameLike } from "../../schema/qualified_name.ts";
import type { BatchOperations, Operations } from "../operations.ts";

/** Returns the methods of `op` bound to `table`. */
export function batchOperations<Result>(
  op: Operations<Result>,
  table: NameLike,
): BatchOperations<Result> {
  return {
    addColumn: (column, options = {}) =>
      op.addColumn(
        table,
        column,
        "before" in options || "after" in options ? { position: options } : options,
      ),
    dropColumn: (...given) => op.dropColumn(table, ...given),
    renameColumn: (...given) => op.renameColumn(table, ...given),
    alterColumn: (...given) => op.alterColumn(table, ...given),
    addConstraint: (...given) => op.addConstraint(table, ...given),
    dropConstraint: (...given) => op.dropConstraint(table, ...given),
    renameConstraint: (...given) => op.renameConstraint(table, ...given),
    validateConstraint: (...given) => op.validateConstraint(table, ...given),
    alterTable: (...given) => op.alterTable(table, ...given),
    commentTable: (...given) => op.commentTable(table, ...given),
    createIndex: (name, ...given) => op.createIndex(name, table, ...given),
    createCheckConstraint: (name, ...given) => op.createCheckConstraint(name, table, ...given),
    createUniqueConstraint: (name, ...given) => op.createUniqueConstraint(name, table, ...given),
    createPrimaryKey: (name, ...given) => op.createPrimaryKey(name, table, ...given),
    createExcludeConstraint: (name, ...given) => op.createExcludeConstraint(name, table, ...given),
    createForeignKey: (name, ...given) => op.createForeignKey(name, table, ...given),
    dropIndex: (name, options) => op.dropIndex(name, { ...options, table }),
    renameIndex: (name, to) => op.renameIndex(name, to, { table }),
  };
}

import { nameConstraint, nameIndex, nameTable, type NamingContext } from "../../schema/naming.ts";
import type { Operation } from "../operation.ts";

/**
 * Returns `operation` with the names that the project's naming convention gives to the constraints and
 * indexes in it.
 */
export function nameOperation(operation: Operation, context: NamingContext): Operation {
  switch (operation.kind) {
    case "createTable":
      return { ...operation, table: nameTable(operation.table, context) };
    case "addColumn":
      return {
        ...operation,
        constraints: operation.constraints.map((it) =>
          nameConstraint(it, operation.table, context)
        ),
      };
    case "addConstraint":
      return {
        ...operation,
        constraint: nameConstraint(operation.constraint, operation.table, context),
      };
    case "createIndex":
      return { ...operation, index: nameIndex(operation.index, operation.table, context) };
    default:
      return operation;
  }
}

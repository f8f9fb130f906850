import type { Operation } from "../../../operations/operation.ts";

/** Returns `operation` without its IF [NOT] EXISTS, once that is known to hold: SQLite's own statements have none. */
export function withoutCondition(operation: Operation): Operation {
  switch (operation.kind) {
    case "addColumn": {
      const { ifNotExists: _, ...rest } = operation;
      return rest;
    }
    case "dropColumn": {
      const { ifExists: _, ...rest } = operation;
      return rest;
    }
    default:
      return operation;
  }
}

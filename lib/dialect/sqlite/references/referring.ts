import type { Operation, Recorded } from "../../../operations/operation.ts";
import type { QualifiedName } from "../../../schema/schema.ts";

/** The foreign keys that an operation makes or can break. */
export interface Subject {
  readonly table: QualifiedName;
  /** Whether they are the table's own, or those to it. */
  readonly end: "child" | "parent";
  /** Their columns; absent: any. */
  readonly from?: readonly string[];
}

/**
 * Returns those of `recorded` that may leave foreign keys to nothing, and what renames their tables;
 * none if there are only renames.
 */
export function referring(recorded: readonly Recorded[]): readonly Recorded[] {
  const isOne = ({ operation }: Recorded) => subjectOf(operation) !== undefined;
  return recorded.some(isOne)
    ? recorded.filter((it) => isOne(it) || it.operation.kind === "renameTable")
    : [];
}

export function subjectOf(operation: Operation): Subject | undefined {
  switch (operation.kind) {
    case "createTable":
      return operation.table.constraints.some((it) => it.kind === "foreignKey")
        ? { table: operation.table, end: "child" }
        : undefined;
    case "addColumn":
      return operation.constraints.some((it) => it.kind === "foreignKey")
        ? { table: operation.table, end: "child", from: [operation.column.name] }
        : undefined;
    case "addConstraint":
      return operation.constraint.kind === "foreignKey"
        ? { table: operation.table, end: "child", from: operation.constraint.columns }
        : undefined;
    case "dropTable":
      return { table: operation.name, end: "parent" };
    case "dropIndex":
      return { table: operation.table, end: "parent" };
    default:
      return undefined;
  }
}

/** Says whether only the database knows what `operation` does: a key that was broken before is not its fault. */
export function isConditional(operation: Operation): boolean {
  return operation.kind === "dropIndex" ||
    "ifExists" in operation && operation.ifExists === true ||
    "ifNotExists" in operation && operation.ifNotExists === true;
}

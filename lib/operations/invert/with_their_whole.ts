import { sameName } from "../../schema/qualified_name.ts";
import type { QualifiedName } from "../../schema/schema.ts";
import type { Operation, Recorded } from "../operation.ts";

/**
 * Returns `inverse` without the drops of partitions right before the table that they are part of is dropped:
 * they are dropped with it, and cannot be dropped alone if foreign keys refer to the whole.
 */
export function withTheirWhole(inverse: readonly Recorded[]): readonly Recorded[] {
  return inverse.filter(({ operation }, at) => {
    const whole = wholeOf(operation);
    if (whole === undefined) return true;
    const dropped = inverse.slice(at + 1).map((it) => it.operation);
    const end = dropped.findIndex((it) => it.kind !== "dropTable");
    return !dropped.slice(0, end < 0 ? undefined : end)
      .some((it) => it.kind === "dropTable" && sameName(it.name, whole));
  });
}

function wholeOf(operation: Operation): QualifiedName | undefined {
  return operation.kind === "dropTable"
    ? operation.existing?.options?.partitionOf?.table
    : undefined;
}

import { withoutBodyChecks } from "../../dialect/postgres/without_body_checks.ts";
import { invertAll } from "../../operations/invert/invert.ts";
import type { Irreversible, Operation, Recorded } from "../../operations/operation.ts";
import type { Schema } from "../../schema/schema.ts";

/** Operations, with the schema that they are applied to. */
export interface Stage {
  readonly before: Schema;
  readonly operations: readonly Operation[];
}

/** Returns the operations that undo `stages`, in the order to run them, or why they are irreversible. */
export function undoStages(stages: readonly Stage[]): readonly Operation[] | Irreversible {
  const undone: Recorded[] = [];
  for (const { before, operations } of stages.toReversed()) {
    const inverse = invertAll(operations.map((operation) => ({ operation })), before);
    if ("reason" in inverse) return inverse;
    undone.push(...inverse);
  }
  return withoutBodyChecks(undone).map((it) => it.operation);
}

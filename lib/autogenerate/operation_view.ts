import type { Operation } from "../operations/operation.ts";
import { describeOperation } from "./describe_operation.ts";
import { losses } from "./render/losses.ts";

/** An operation with what is said of it to people and to scripts. */
export interface OperationView {
  /** What it does, a line for each thing that it changes. */
  readonly description: readonly string[];
  /** What it takes away that undoing it does not bring back; empty: nothing. */
  readonly destructive: readonly string[];
  readonly operation: Operation;
}

export function operationView(operation: Operation): OperationView {
  return {
    description: describeOperation(operation),
    destructive: losses(operation),
    operation,
  };
}

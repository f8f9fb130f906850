import type { Operation } from "../operations/operation.ts";
import { describeOperation } from "./describe_operation.ts";
import { losses } from "./render/losses.ts";

/** An operation with its description for people and scripts. */
export interface OperationView {
  /** What it does, a line for each thing that it changes. */
  readonly description: readonly string[];
  /** What it destroys that undoing it does not restore; empty: nothing. */
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

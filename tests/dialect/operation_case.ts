import type { Operations } from "../../lib/operations/operations.ts";

/** A call that a revision makes, and the calls before it that make it valid. */
export interface OperationCase {
  readonly name: string;
  readonly before?: (op: Operations) => void;
  readonly call: (op: Operations) => void;
}

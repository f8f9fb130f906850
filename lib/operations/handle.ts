import type { Operation, OperationHandlers, OperationOf } from "./operation.ts";

/** Calls the handler for the kind of `operation`. Omitting a kind does not compile. */
export function handle<Result>(operation: Operation, handlers: OperationHandlers<Result>): Result {
  const call = <Kind extends Operation["kind"]>(
    it: OperationOf<Kind> & { readonly kind: Kind },
  ): Result => handlers[it.kind](it);
  return call(operation);
}

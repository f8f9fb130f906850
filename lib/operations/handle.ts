import type { Operation, OperationHandlers, OperationOf } from "./operation.ts";

/** Calls the handler of `operation`'s kind. Leaving a kind out does not compile. */
export function handle<Result>(operation: Operation, handlers: OperationHandlers<Result>): Result {
  const call = <Kind extends Operation["kind"]>(
    it: OperationOf<Kind> & { readonly kind: Kind },
  ): Result => handlers[it.kind](it);
  return call(operation);
}

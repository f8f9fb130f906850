import type { Operation } from "../operation.ts";
import type { Operations } from "../operations.ts";

/**
 * Passes on the operations that a method asks for. `make` reads the method's arguments, and throws if
 * they are invalid.
 */
export type Ask<Result> = (
  method: keyof Operations,
  make: () => readonly Operation[],
) => Result;

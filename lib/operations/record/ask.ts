import type { Operation } from "../operation.ts";
import type { Operations } from "../operations.ts";

/** Hands on what a method asks for: `make` reads its arguments. */
export type Ask<Result> = (
  method: keyof Operations,
  make: () => readonly Operation[],
) => Result;

import { ToolError } from "../error.ts";

/**
 * Returns `value`, which SQLite can hold as an integer: it would take a larger one for a
 * floating-point number, which has only its first digits.
 *
 * @throws {ToolError} `operation/invalid` if 64 bits cannot hold it.
 */
export function sqliteInteger(value: bigint): bigint {
  if (BigInt.asIntN(64, value) === value) return value;
  throw new ToolError(
    "operation/invalid",
    `Cannot store ${value} as an integer: those of SQLite have 64 bits`,
    {
      hint:
        "Store it as text, in a column of type text: String(…); or as a floating-point number, if its first digits are enough: Number(…)",
    },
  );
}

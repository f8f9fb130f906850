import type { Column, QualifiedName } from "../../schema/schema.ts";
import { nextValue, sequenceOf } from "../../schema/serial.ts";

/**
 * Returns `column` of `table` as it is in a table that inherits it or that was a partition: without its
 * comment and identity, and for a SERIAL column with a default from the same sequence.
 */
export function handedDown(table: QualifiedName, column: Column): Column {
  const { comment: _, identity, sequence: __, sequenceName: ___, ...rest } = column;
  return identity === "serial" ? { ...rest, default: nextValue(sequenceOf(table, column)) } : rest;
}

import { makeObjectName } from "../../schema/name_constraints.ts";
import type { Column, QualifiedName } from "../../schema/schema.ts";
import { quoteLiteral, quoteName } from "../../sql/quote.ts";

/**
 * Returns `column` of `table` as it is in a table that inherits it or that was a partition: without its
 * identity, and for a SERIAL column with a default from the same sequence, by the name that the server
 * gives to such sequences.
 */
export function handedDown(
  { schema, name }: QualifiedName,
  { identity, sequence: _, ...column }: Column,
): Column {
  if (identity !== "serial") return column;
  const sequence = quoteName({
    ...(schema !== undefined && { schema }),
    name: makeObjectName(name, column.name, "seq"),
  });
  const sql = `nextval(${quoteLiteral(sequence, "postgres")}::regclass)`;
  return { ...column, default: { sql } };
}

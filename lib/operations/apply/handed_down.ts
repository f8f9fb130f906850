import { makeObjectName } from "../../schema/name_constraints.ts";
import type { Column, QualifiedName } from "../../schema/schema.ts";
import { quoteLiteral, quoteName } from "../../sql/quote.ts";

/**
 * Returns `column` of `table` as a table has it that inherits it or was a part: identities stay behind, and the numbers of
 * a SERIAL column come from the same sequence, which has the name that the server gives such ones.
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

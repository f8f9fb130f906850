import type { Column, QualifiedName } from "../../../schema/schema.ts";
import { quoteIdentifier, quoteLiteral, quoteName } from "../../../sql/quote.ts";
import type { CompiledStatement } from "../../dialect.ts";

export function commentOnTable(table: QualifiedName, comment: string | null): CompiledStatement {
  return { sql: `COMMENT ON TABLE ${quoteName(table)} IS ${quoteLiteral(comment, "postgres")}` };
}

export function commentOnColumn(
  table: QualifiedName,
  column: string,
  comment: string | null,
): CompiledStatement {
  const name = `${quoteName(table)}.${quoteIdentifier(column)}`;
  return { sql: `COMMENT ON COLUMN ${name} IS ${quoteLiteral(comment, "postgres")}` };
}

export function columnComments(
  table: QualifiedName,
  columns: readonly Column[],
): readonly CompiledStatement[] {
  return columns.flatMap(({ name, comment }) =>
    comment === undefined ? [] : [commentOnColumn(table, name, comment)]
  );
}

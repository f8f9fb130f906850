import type { Column } from "../../schema/schema.ts";
import { quoteIdentifier } from "../../sql/quote.ts";
import { generatedClause } from "../clauses.ts";
import { typeName } from "./type_name.ts";
import { unsupported } from "./unsupported.ts";

/**
 * Returns a column that is no alias of the rowid.
 *
 * @throws {ToolError} `operation/unsupported` if it should count itself up.
 */
export function columnClause(column: Column): string {
  const { name, type, nullable, default: value, identity } = column;
  if (identity !== undefined) {
    throw unsupported(
      `make "${name}" an identity column`,
      "only a primary key counts itself up",
      "Leave the identity out",
    );
  }
  return [
    quoteIdentifier(name),
    typeName(type),
    value && `DEFAULT ${isLiteral(value.sql) ? value.sql : `(${value.sql})`}`,
    generatedClause(column),
    !nullable && "NOT NULL",
  ].filter(Boolean).join(" ");
}

/** Says whether `sql` can be a default as it stands: https://www.sqlite.org/lang_createtable.html#dfltval */
export function isLiteral(sql: string): boolean {
  return /^(?:[+-]?\s*(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?|'(?:[^']|'')*'|x'[\da-f]*'|null|true|false|current_(?:time|date|timestamp))$/i
    .test(sql.trim());
}

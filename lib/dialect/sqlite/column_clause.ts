import type { Collation, Column } from "../../schema/schema.ts";
import type { Sql } from "../../sql/statement.ts";
import { quoteIdentifier, quoteLiteral } from "../../sql/quote.ts";
import { collateClause as quotedCollate, generatedClause } from "../clauses.ts";
import { typeName } from "./type_name.ts";
import { unsupported } from "./unsupported.ts";

/**
 * Returns the clause of a column that is not an alias of the rowid.
 *
 * @throws {ToolError} `operation/unsupported` if it is an identity.
 */
export function columnClause(
  column: Column,
  options: { readonly strict?: boolean } = {},
): string {
  const { name, type, nullable, default: value, identity, collation } = column;
  if (identity !== undefined && identity !== "none") {
    throw unsupported(
      `make "${name}" an identity column`,
      "only a primary key can count up by itself",
      "Leave the identity out",
    );
  }
  return [
    quoteIdentifier(name),
    typeName(type, options),
    collation !== undefined && collateClause(collation),
    value && defaultClause(value),
    generatedClause(column),
    !nullable && "NOT NULL",
    valuesCheck(name, type),
  ].filter(Boolean).join(" ");
}

/** Returns `DEFAULT …`. */
export function defaultClause({ sql }: Sql): string {
  return `DEFAULT ${isLiteral(sql) ? sql : `(${sql})`}`;
}

/** Returns `COLLATE …`, with the name unquoted where possible. */
export function collateClause(collation: Collation): string {
  const isPlain = typeof collation === "string" && /^[a-z_]\w*$/i.test(collation);
  return isPlain ? `COLLATE ${collation}` : quotedCollate(collation);
}

/** Returns the check that restricts the column to the values of an enum, if `type` is one. */
export function valuesCheck(column: string, type: Column["type"]): string | undefined {
  return type.kind === "enum" ? `CHECK (${valuesCondition(column, type.values)})` : undefined;
}

/** Returns `column IN ('…', …)`. */
export function valuesCondition(column: string, values: readonly string[]): string {
  const list = values.map((it) => quoteLiteral(it, "sqlite")).join(", ");
  return `${quoteIdentifier(column)} IN (${list})`;
}

/** Says whether `sql` can be a default without parentheses: https://www.sqlite.org/lang_createtable.html#dfltval */
export function isLiteral(sql: string): boolean {
  return /^(?:[+-]?\s*(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?|'(?:[^']|'')*'|x'[\da-f]*'|null|true|false|current_(?:time|date|timestamp))$/i
    .test(sql.trim());
}

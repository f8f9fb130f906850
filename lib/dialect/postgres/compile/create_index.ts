import type { OperationOf } from "../../../operations/operation.ts";
import { quoteIdentifier, quoteName } from "../../../sql/quote.ts";
import { indexColumns, storageParameters, whereClause } from "../../clauses.ts";
import type { CompiledStatement } from "../../dialect.ts";
import { statement } from "./statements.ts";

/** https://www.postgresql.org/docs/current/sql-createindex.html */
export function createIndex(
  { table, index, concurrently, ifNotExists }: Omit<OperationOf<"createIndex">, "kind">,
): CompiledStatement {
  const text = [
    "CREATE",
    index.unique && "UNIQUE",
    "INDEX",
    concurrently && "CONCURRENTLY",
    ifNotExists && "IF NOT EXISTS",
    quoteIdentifier(index.name),
    "ON",
    quoteName(table),
    index.using && `USING ${quoteIdentifier(index.using)}`,
    `(${indexColumns(index)})`,
    index.include && `INCLUDE (${index.include.map(quoteIdentifier).join(", ")})`,
    index.nullsNotDistinct && "NULLS NOT DISTINCT",
    index.with && `WITH (${storageParameters(index.with)})`,
    index.tablespace && `TABLESPACE ${quoteIdentifier(index.tablespace)}`,
  ].filter(Boolean).join(" ");
  return statement(text + whereClause(index.where), { alone: concurrently });
}

import type { OperationOf } from "../../operations/operation.ts";
import { partsOf } from "../../schema/index_element.ts";
import type { Index, IndexElement } from "../../schema/schema.ts";
import { quoteIdentifier } from "../../sql/quote.ts";
import { besides, indexColumns, whereClause } from "../clauses.ts";
import type { CompiledStatement } from "../dialect.ts";
import { unsupported } from "./unsupported.ts";

/**
 * In SQLite, the index's name is qualified, and its table's is not.
 *
 * @throws {ToolError} `operation/unsupported` if its uniqueness would differ from what it specifies.
 */
export function createIndex(
  { table, index, ifNotExists }: Omit<OperationOf<"createIndex">, "kind">,
): CompiledStatement {
  if (index.nullsNotDistinct) {
    throw unsupported(
      `make the index "${index.name}" where nulls are equal`,
      "nulls are always distinct there",
      "Put coalesce(…) around its columns",
    );
  }
  const own = ownIndex(index);
  const words = [
    "CREATE",
    own.unique && "UNIQUE",
    "INDEX",
    ifNotExists && "IF NOT EXISTS",
    besides(table, own.name),
    "ON",
    quoteIdentifier(table.name),
  ].filter(Boolean).join(" ");
  return { sql: `${words} (${indexColumns(own)})${whereClause(own.where)}` };
}

/** Returns `index` with what SQLite can express: it decides storage and the place of nulls by itself. */
export function ownIndex({ name, on, unique, where }: Index): Index {
  return { name, on: on.map(ownElement), unique, ...(where && { where }) };
}

function ownElement(element: IndexElement): IndexElement {
  const { on, collation, order } = partsOf(element);
  if (collation === undefined && order === undefined) return on;
  return { on, ...(collation !== undefined && { collation }), ...(order && { order }) };
}

import type { OperationOf } from "../../operations/operation.ts";
import type { Constraint } from "../../schema/schema.ts";
import { isLiteral } from "./column_clause.ts";

/**
 * Says whether ALTER TABLE can add the column; if not, the table must be rebuilt.
 *
 * https://www.sqlite.org/lang_altertable.html#altertabaddcol
 */
export function canAddColumn(
  { column, constraints, position, ifNotExists }: OperationOf<"addColumn">,
): boolean {
  const { nullable, default: value, generated } = column;
  const has = (kind: Constraint["kind"]) => constraints.some((it) => it.kind === kind);
  const fills = value !== undefined && !/^null$/i.test(value.sql);
  const isConstant = !fills || isLiteral(value.sql) && !/^current_/i.test(value.sql);
  return position === undefined && ifNotExists === undefined && !has("primaryKey") &&
    !has("unique") && !generated?.stored && isConstant && !(fills && has("foreignKey")) &&
    (nullable || generated !== undefined || fills);
}

import { ToolError } from "../../../error.ts";
import type { Constraint } from "../../../schema/schema.ts";
import { tableConstraint } from "../../clauses.ts";

/**
 * Returns a table constraint in PostgreSQL's SQL.
 *
 * @throws {ToolError} `operation/unsupported` if PostgreSQL would not keep what it specifies.
 */
export function constraintClause(constraint: Constraint): string {
  if (!("onConflict" in constraint) || constraint.onConflict === undefined) {
    return tableConstraint(constraint);
  }
  const name = constraint.name === undefined ? "" : ` "${constraint.name}"`;
  throw new ToolError(
    "operation/unsupported",
    `Cannot make the constraint${name} on PostgreSQL: each INSERT says there what to do about a conflict`,
    { hint: "Leave onConflict out; or branch on op.dialect" },
  );
}

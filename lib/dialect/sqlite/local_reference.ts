import type { Constraint, QualifiedName } from "../../schema/schema.ts";
import { unsupported } from "./unsupported.ts";

/**
 * Returns `constraint` of `table` as SQLite has it: a foreign key names a table of its own database.
 *
 * @throws {ToolError} `operation/unsupported` if it names one of another.
 */
export function localReference(constraint: Constraint, table: QualifiedName): Constraint {
  if (constraint.kind !== "foreignKey") return constraint;
  const { schema, ...references } = constraint.references;
  if (schema === undefined || schema === table.schema) return { ...constraint, references };
  throw unsupported(
    `refer to "${schema}.${references.name}"`,
    "a foreign key stays in its own database",
    "Leave the foreign key out",
  );
}

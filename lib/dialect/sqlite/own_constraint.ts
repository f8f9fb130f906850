import { showName } from "../../schema/qualified_name.ts";
import type { Constraint, ConstraintOf, QualifiedName } from "../../schema/schema.ts";
import { unsupported } from "./unsupported.ts";

/**
 * Returns `constraint` of `table` as SQLite has it: a foreign key references a table of its own database,
 * and every constraint applies to all rows at once.
 *
 * @throws {ToolError} `operation/unsupported` if SQLite would not keep what it specifies.
 */
export function ownConstraint(
  { notValid: _, ...written }: Constraint,
  table: QualifiedName,
): Exclude<Constraint, { readonly kind: "exclude" }> {
  const constraint = withoutStorage(written);
  const make = (what: string, because: string, instead: string) =>
    unsupported(`make ${what} on "${showName(table)}"`, because, instead);
  const { deferrable } = constraint;
  if (deferrable && constraint.kind !== "foreignKey") {
    throw make(
      "a deferrable constraint",
      "only foreign keys can be deferred",
      "Leave deferrable out",
    );
  }
  if ("notEnforced" in constraint && constraint.notEnforced) {
    throw make("a constraint that is not enforced", "all of them are", "Leave the constraint out");
  }
  const hasRange = ("withoutOverlaps" in constraint && constraint.withoutOverlaps) ||
    ("period" in constraint && constraint.period);
  if (hasRange) {
    throw make("a key with a range", "it has no ranges", "Write a trigger that raises an error");
  }
  switch (constraint.kind) {
    case "exclude":
      throw make("an exclusion constraint", "it has none", "Write a trigger that raises an error");
    case "unique":
      if (!constraint.nullsNotDistinct) return constraint;
      throw make(
        "a unique constraint where nulls are equal",
        "nulls are always distinct there",
        "Create a unique index on coalesce(…)",
      );
    case "check": {
      const { noInherit: _, ...check } = constraint;
      return check;
    }
    case "foreignKey":
      if (!constraint.onDeleteColumns) {
        return { ...constraint, references: localReference(constraint, table) };
      }
      throw make(
        "a foreign key that sets some of its columns",
        "it sets all of them",
        "Leave onDeleteColumns out",
      );
    case "primaryKey":
      return constraint;
  }
}

/** The storage of a constraint's index is PostgreSQL's only. */
function withoutStorage(constraint: Constraint): Constraint {
  if (constraint.kind !== "primaryKey" && constraint.kind !== "unique") return constraint;
  const { include: _, with: __, tablespace: ___, ...rest } = constraint;
  return rest;
}

function localReference(
  { references: { schema, ...references } }: ConstraintOf<"foreignKey">,
  table: QualifiedName,
): Omit<QualifiedName, "schema"> & { readonly columns: readonly string[] } {
  if (schema === undefined || schema === table.schema) return references;
  throw unsupported(
    `refer to "${schema}.${references.name}"`,
    "a foreign key stays in its own database",
    "Leave the foreign key out",
  );
}

import type { Constraint, Index, QualifiedName } from "../schema/schema.ts";
import { quoteIdentifier, quoteName } from "../sql/quote.ts";
import type { Sql } from "../sql/statement.ts";

/**
 * The clauses that both databases write alike.
 *
 * @module
 */

/** Returns a table's or a column's constraint, with its name if it has one. */
export function constraintClause(constraint: Constraint): string {
  const name = constraint.name === undefined
    ? ""
    : `CONSTRAINT ${quoteIdentifier(constraint.name)} `;
  switch (constraint.kind) {
    case "primaryKey":
      return `${name}PRIMARY KEY (${columnList(constraint.columns)})`;
    case "unique":
      return `${name}UNIQUE (${columnList(constraint.columns)})`;
    case "check":
      return `${name}CHECK (${constraint.expression.sql})`;
    case "foreignKey":
      return `${name}FOREIGN KEY (${columnList(constraint.columns)}) ${
        referencesClause(constraint)
      }`;
  }
}

/** Returns `REFERENCES …` with the actions. */
export function referencesClause(
  { references, onDelete, onUpdate, deferrable }: Extract<Constraint, { kind: "foreignKey" }>,
): string {
  const { columns, ...table } = references;
  return [
    `REFERENCES ${quoteName(table)}${columns.length > 0 ? ` (${columnList(columns)})` : ""}`,
    onDelete && `ON DELETE ${onDelete.toUpperCase()}`,
    onUpdate && `ON UPDATE ${onUpdate.toUpperCase()}`,
    deferrable && `DEFERRABLE INITIALLY ${deferrable.toUpperCase()}`,
  ].filter(Boolean).join(" ");
}

/** Returns what stands between an index's parentheses; an expression is put into its own. */
export function indexColumns({ on }: Index): string {
  return on.map((it) => typeof it === "string" ? quoteIdentifier(it) : `(${it.sql})`).join(", ");
}

/** Returns ` WHERE …`, or nothing. */
export function whereClause(where: Sql | undefined): string {
  return where === undefined ? "" : ` WHERE ${where.sql}`;
}

export function columnList(columns: readonly string[]): string {
  return columns.map(quoteIdentifier).join(", ");
}

/** Returns the name of an index where it is created or dropped: SQLite has the schema there, PostgreSQL in its table's. */
export function inSchemaOf({ schema }: QualifiedName, name: string): string {
  return quoteName(schema === undefined ? { name } : { schema, name });
}

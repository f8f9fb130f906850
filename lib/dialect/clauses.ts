/**
 * Clauses that both databases write alike.
 *
 * @module
 */
import { partsOf } from "../schema/index_element.ts";
import type {
  Collation,
  Column,
  Constraint,
  ConstraintOf,
  Index,
  IndexElementParts,
  IndexStorage,
  QualifiedName,
} from "../schema/schema.ts";
import { quoteIdentifier, quoteLiteral, quoteName } from "../sql/quote.ts";
import type { Sql } from "../sql/statement.ts";

/** Returns a table constraint, with its name if it has one. */
export function tableConstraint(constraint: Constraint): string {
  return [nameClause(constraint) + constraintText(constraint), ...behind(constraint)].join(" ");
}

/**
 * Returns the clauses that follow a constraint: when it is checked, whether at all, and whether for existing rows.
 */
function behind(constraint: Constraint): readonly string[] {
  const { deferrable, notValid } = constraint;
  return [
    ...deferrable ? [`DEFERRABLE INITIALLY ${deferrable.toUpperCase()}`] : [],
    ..."notEnforced" in constraint && constraint.notEnforced ? ["NOT ENFORCED"] : [],
    ...notValid ? ["NOT VALID"] : [],
  ];
}

/** Returns a constraint as it follows the column that it is on. */
export function columnConstraint(constraint: Constraint): string {
  switch (constraint.kind) {
    case "primaryKey":
      return `${nameClause(constraint)}PRIMARY KEY${conflictClause(constraint)}`;
    case "unique":
      return `${nameClause(constraint)}UNIQUE${conflictClause(constraint)}`;
    case "foreignKey":
      return [nameClause(constraint) + referencesClause(constraint), ...behind(constraint)].join(
        " ",
      );
    case "check":
    case "exclude":
      return tableConstraint(constraint);
  }
}

function nameClause({ name }: Constraint): string {
  return name === undefined ? "" : `CONSTRAINT ${quoteIdentifier(name)} `;
}

function constraintText(constraint: Constraint): string {
  switch (constraint.kind) {
    case "primaryKey":
      return `PRIMARY KEY (${keyColumns(constraint)})${behindKey(constraint)}`;
    case "unique": {
      const words = constraint.nullsNotDistinct ? "UNIQUE NULLS NOT DISTINCT" : "UNIQUE";
      return `${words} (${keyColumns(constraint)})${behindKey(constraint)}`;
    }
    case "check":
      return `CHECK (${constraint.expression.sql})${constraint.noInherit ? " NO INHERIT" : ""}`;
    case "exclude": {
      const elements = constraint.elements.map((it) => `${elementText(it)} WITH ${it.operator}`);
      const where = constraint.where === undefined ? "" : ` WHERE (${constraint.where.sql})`;
      const using = `EXCLUDE USING ${quoteIdentifier(constraint.using)} (${elements.join(", ")})`;
      return using + storageClause(constraint) + where;
    }
    case "foreignKey":
      return `FOREIGN KEY (${referenceColumns(constraint.columns, constraint)}) ${
        referencesClause(constraint)
      }`;
  }
}

/** https://www.postgresql.org/docs/current/sql-createtable.html#SQL-CREATETABLE-PARMS-UNIQUE */
function keyColumns({ columns, withoutOverlaps }: KeyConstraint): string {
  return columnList(columns) + (withoutOverlaps ? " WITHOUT OVERLAPS" : "");
}

type ForeignKey = ConstraintOf<"foreignKey">;

/** https://www.postgresql.org/docs/current/sql-createtable.html#SQL-CREATETABLE-PARMS-REFERENCES */
function referenceColumns(columns: readonly string[], { period }: ForeignKey): string {
  return period
    ? `${columnList(columns.slice(0, -1))}, PERIOD ${columnList(columns.slice(-1))}`
    : columnList(columns);
}

function referencesClause(key: ForeignKey): string {
  const { references, match, onDelete, onDeleteColumns, onUpdate } = key;
  const { columns, ...table } = references;
  return [
    `REFERENCES ${quoteName(table)}${
      columns.length > 0 ? ` (${referenceColumns(columns, key)})` : ""
    }`,
    match && `MATCH ${match.toUpperCase()}`,
    onDelete && `ON DELETE ${onDelete.toUpperCase()}` +
      (onDeleteColumns ? ` (${columnList(onDeleteColumns)})` : ""),
    onUpdate && `ON UPDATE ${onUpdate.toUpperCase()}`,
  ].filter(Boolean).join(" ");
}

/** Returns `GENERATED …`, or undefined for a plain column. */
export function generatedClause({ generated }: Pick<Column, "generated">): string | undefined {
  return generated &&
    `GENERATED ALWAYS AS (${generated.expression.sql}) ${generated.stored ? "STORED" : "VIRTUAL"}`;
}

/** Returns the contents of an index's parentheses; an expression gets parentheses of its own. */
export function indexColumns({ on }: Index): string {
  return on.map((it) => elementText(partsOf(it))).join(", ");
}

function elementText({ on, collation, operatorClass, order, nulls }: IndexElementParts): string {
  return [
    keyText(on),
    collation && collateClause(collation),
    operatorClass,
    order && "DESC",
    nulls && `NULLS ${nulls.toUpperCase()}`,
  ].filter(Boolean).join(" ");
}

/** Returns `COLLATE …`. */
export function collateClause(collation: Collation): string {
  return `COLLATE ${quoteName(typeof collation === "string" ? { name: collation } : collation)}`;
}

type KeyConstraint = Constraint & { readonly kind: "primaryKey" | "unique" };

function behindKey(constraint: KeyConstraint): string {
  return storageClause(constraint) + conflictClause(constraint);
}

/** https://www.sqlite.org/lang_conflict.html */
function conflictClause({ onConflict }: KeyConstraint): string {
  return onConflict === undefined ? "" : ` ON CONFLICT ${onConflict.toUpperCase()}`;
}

/**
 * Returns the storage clauses of a constraint's index: https://www.postgresql.org/docs/current/sql-createtable.html
 */
function storageClause({ include, with: parameters, tablespace }: IndexStorage): string {
  return [
    include && ` INCLUDE (${columnList(include)})`,
    parameters && ` WITH (${storageParameters(parameters)})`,
    tablespace && ` USING INDEX TABLESPACE ${quoteIdentifier(tablespace)}`,
  ].filter(Boolean).join("");
}

/** Returns `fillfactor = '70'`, for WITH. */
export function storageParameters(parameters: Readonly<Record<string, string>>): string {
  return Object.entries(parameters)
    .map(([name, value]) => `${name} = ${quoteLiteral(value, "postgres")}`).join(", ");
}

function keyText(on: string | Sql): string {
  return typeof on === "string" ? quoteIdentifier(on) : `(${on.sql})`;
}

/** Returns ` WHERE …`, or an empty text. */
export function whereClause(where: Sql | undefined): string {
  return where === undefined ? "" : ` WHERE ${where.sql}`;
}

function columnList(columns: readonly string[]): string {
  return columns.map(quoteIdentifier).join(", ");
}

/** Returns the name of something that lives in the schema of `table`. */
export function besides({ schema }: QualifiedName, name: string): string {
  return quoteName(schema === undefined ? { name } : { schema, name });
}

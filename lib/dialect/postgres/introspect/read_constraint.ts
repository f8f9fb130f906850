import type { Constraint, ConstraintOf, ForeignKeyAction } from "../../../schema/schema.ts";
import { type Facts, listOf, namesOf, textOf } from "./facts.ts";
import { readElement, readStorage } from "./read_index.ts";
import { settledCasts } from "./settled_casts.ts";

/** Returns the constraint of a row of `pg_constraint`. */
export function readConstraint(row: Facts): Constraint {
  const common: Pick<Constraint, "name" | "deferrable" | "notValid"> = {
    name: String(row["name"]),
    ...(row["deferrable"] === true &&
      { deferrable: row["deferred"] === true ? "deferred" : "immediate" }),
    // A constraint that is not enforced is never validated either.
    ...(row["validated"] === false && row["enforced"] === true && { notValid: true }),
  };
  return { ...common, ...readKind(row) };
}

function readKind(row: Facts): Constraint {
  const columns = namesOf(row["columns"]);
  switch (row["type"]) {
    case "p":
      return { kind: "primaryKey", columns, ...readOverlaps(row), ...readStorage(row) };
    case "u":
      return {
        kind: "unique",
        columns,
        ...(row["nullsNotDistinct"] === true && { nullsNotDistinct: true }),
        ...readOverlaps(row),
        ...readStorage(row),
      };
    case "c":
      return {
        kind: "check",
        expression: { sql: settledCasts(String(row["check"])) },
        ...(row["noInherit"] === true && { noInherit: true }),
        ...readEnforcement(row),
      };
    case "x": {
      const where = textOf(row["where"]);
      return {
        kind: "exclude",
        using: String(row["using"]),
        elements: listOf(row["elements"]).map((it) => ({
          ...readElement(it),
          operator: String(it["operator"]),
        })),
        ...readStorage(row),
        ...(where !== undefined && { where: { sql: settledCasts(where) } }),
      };
    }
    default:
      return readForeignKey(row, columns);
  }
}

function readForeignKey(row: Facts, columns: readonly string[]): ConstraintOf<"foreignKey"> {
  const schema = textOf(row["schema"]);
  const onDelete = actions.get(String(row["delete"]));
  const onDeleteColumns = namesOf(row["deleteColumns"]);
  const onUpdate = actions.get(String(row["update"]));
  const match = matches.get(String(row["match"]));
  return {
    kind: "foreignKey",
    columns,
    references: {
      ...(schema !== undefined && { schema }),
      name: String(row["table"]),
      columns: namesOf(row["references"]),
    },
    ...(onDelete && { onDelete }),
    ...(onDeleteColumns.length > 0 && { onDeleteColumns }),
    ...(onUpdate && { onUpdate }),
    ...(match && { match }),
    ...(row["period"] === true && { period: true }),
    ...readEnforcement(row),
  };
}

function readOverlaps(row: Facts): { readonly withoutOverlaps?: true } {
  return row["period"] === true ? { withoutOverlaps: true } : {};
}

function readEnforcement(row: Facts): { readonly notEnforced?: true } {
  return row["enforced"] === false ? { notEnforced: true } : {};
}

/** `pg_constraint.confdeltype`; "no action" is the default. */
const actions: ReadonlyMap<string, ForeignKeyAction> = new Map([
  ["r", "restrict"],
  ["c", "cascade"],
  ["n", "set null"],
  ["d", "set default"],
]);

/** `pg_constraint.confmatchtype`; "simple" is the default. */
const matches: ReadonlyMap<string, "full" | "partial"> = new Map([
  ["f", "full"],
  ["p", "partial"],
]);

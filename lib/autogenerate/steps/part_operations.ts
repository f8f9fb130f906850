import type { Operation } from "../../operations/operation.ts";
import { identityOf } from "../../schema/objects.ts";
import { nameOf } from "../../schema/qualified_name.ts";
import type { Constraint, Table } from "../../schema/schema.ts";
import type { NamedConstraint, Part } from "../part.ts";
import { sameConstraint } from "../same_content.ts";

/** Returns the operation that creates `part`. */
export function creation(part: Part): Operation {
  switch (part.kind) {
    case "table":
      return { kind: "createTable", table: part.table };
    case "column": {
      const { table, column } = part;
      return { kind: "addColumn", table: nameOf(table), column, constraints: [] };
    }
    case "default":
      return defaultChange(part, part.column.default ?? null, null);
    case "constraint":
      return {
        kind: "addConstraint",
        table: nameOf(part.table),
        constraint: part.constraint,
        // Nullable columns have been altered before.
        ...(part.constraint.kind === "primaryKey" && { existing: { nullable: [] } }),
      };
    case "index":
      return { kind: "createIndex", table: nameOf(part.table), index: part.index };
    case "enum":
      return { kind: "createEnum", enum: part.enum };
    case "object":
      return { kind: "createObject", object: part.object };
  }
}

/** Returns the operation that drops `part`, which carries it. */
export function removal(part: Part): Operation {
  switch (part.kind) {
    case "table":
      return { kind: "dropTable", name: nameOf(part.table), existing: part.table };
    case "column": {
      const { table, column } = part;
      return { kind: "dropColumn", table: nameOf(table), column: column.name, existing: column };
    }
    case "default":
      return defaultChange(part, null, part.column.default ?? null);
    case "constraint": {
      const { table, constraint } = part;
      return {
        kind: "dropConstraint",
        table: nameOf(table),
        name: constraint.name,
        existing: written(table, constraint),
      };
    }
    case "index": {
      const { table, index } = part;
      return { kind: "dropIndex", table: nameOf(table), index: index.name, existing: index };
    }
    case "enum":
      return { kind: "dropEnum", name: nameOf(part.enum), existing: part.enum };
    case "object": {
      const { object } = part;
      return { kind: "dropObject", object: identityOf(object), existing: object };
    }
  }
}

/** Returns the constraint as its table has it: an unnamed one without a name. */
function written({ constraints }: Table, constraint: NamedConstraint): Constraint {
  if (constraints.some((it) => it.name === constraint.name)) return constraint;
  const isSame = (it: Constraint) => it.name === undefined && sameConstraint(it, constraint);
  return constraints.find(isSame) ?? constraint;
}

type Default = Extract<Part, { kind: "default" }>;

function defaultChange(
  { table, column }: Default,
  value: Default["column"]["default"] | null,
  old: Default["column"]["default"] | null,
): Operation {
  return {
    kind: "alterColumn",
    table: nameOf(table),
    column: column.name,
    change: { default: value ?? null },
    existing: { default: old ?? null },
  };
}

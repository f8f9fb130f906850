import type { Operation } from "../../operations/operation.ts";
import type { QualifiedName } from "../../schema/schema.ts";
import type { Deferral } from "../dialect.ts";
import { canAddColumn } from "./can_add_column.ts";
import { columnClause } from "./column_clause.ts";
import { createIndex } from "./create_index.ts";
import { ownConstraint } from "./own_constraint.ts";
import { foldCase } from "./same_identifier.ts";
import { typeName } from "./type_name.ts";
import { unsupported } from "./unsupported.ts";

/**
 * Returns how `operation` depends on its current table.
 *
 * @throws {ToolError} `operation/unsupported` for what no SQLite table can have.
 */
export function deferral(operation: Operation): Deferral | undefined {
  switch (operation.kind) {
    case "addColumn":
      columnClause(operation.column);
      for (const it of operation.constraints) ownConstraint(it, operation.table);
      return on(operation, !canAddColumn(operation));
    case "alterColumn":
      if (operation.change.type) typeName(operation.change.type);
      if (operation.change.identity) {
        throw unsupported(
          `make "${operation.column}" an identity column`,
          "only a primary key can count up by itself",
          "Leave the identity out",
        );
      }
      return on(operation, true);
    case "addConstraint":
      ownConstraint(operation.constraint, operation.table);
      return on(operation, true);
    case "alterTable":
    case "dropColumn":
    case "dropConstraint":
    case "renameConstraint":
    case "renameIndex":
      return on(operation, true);
    case "createIndex":
      createIndex(operation);
      return on(operation, false);
    case "renameColumn":
    case "dropIndex":
      return on(operation, false);
    default:
      return undefined;
  }
}

function on(
  { table: { schema = "main", name } }: { readonly table: QualifiedName },
  required: boolean,
): Deferral {
  return { subject: JSON.stringify([schema, foldCase(name)]), required };
}

import { ToolError } from "../../error.ts";
import { type NameLike, qualifiedName, showName } from "../../schema/qualified_name.ts";
import type { QualifiedName } from "../../schema/schema.ts";

/**
 * Returns the new name of `table`. It stays in its schema, which `to` may repeat.
 *
 * @throws {ToolError} `operation/invalid` for another schema, which would become a part of the name.
 */
export function newTableName(table: QualifiedName, to: NameLike): string {
  const { schema, name } = qualifiedName(to);
  if (schema === undefined || schema === table.schema) return name;
  throw new ToolError(
    "operation/invalid",
    `Cannot rename the table "${
      showName(table)
    }" to "${schema}.${name}": renaming leaves it in its schema`,
    {
      hint: `Give the new name without its schema, or { name: "${schema}.${name}" } ` +
        "if the dot is a part of it",
    },
  );
}

/**
 * Returns the new name of an index or constraint of `table` without the table's schema. Such names are
 * not divided at dots, so any other prefix is a part of the name.
 */
export function newPartName({ schema }: QualifiedName, to: string): string {
  const isQualified = schema !== undefined && typeof to === "string" && to.startsWith(`${schema}.`);
  return isQualified ? to.slice(schema.length + 1) : to;
}

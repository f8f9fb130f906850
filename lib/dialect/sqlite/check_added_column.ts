import { showName } from "../../schema/qualified_name.ts";
import type { Column, Constraint, QualifiedName } from "../../schema/schema.ts";
import { isLiteral } from "./column_clause.ts";
import { unsupported } from "./unsupported.ts";

/**
 * Checks that SQLite can add `column` to a table that exists:
 * https://www.sqlite.org/lang_altertable.html#altertabaddcol
 *
 * @throws {ToolError} `operation/unsupported`, saying what to write instead.
 */
export function checkAddedColumn(
  table: QualifiedName,
  column: Column,
  constraints: readonly Constraint[],
): void {
  const { name, nullable, default: value, generated } = column;
  const refuse = (because: string, instead: string) =>
    unsupported(`add the column "${name}" to "${showName(table)}"`, because, instead);
  const has = (kind: Constraint["kind"]) => constraints.some((it) => it.kind === kind);
  const fills = value !== undefined && !/^null$/i.test(value.sql);
  if (has("primaryKey")) {
    throw refuse("it would be the primary key", "Create the table with its primary key");
  }
  if (has("unique")) {
    throw refuse("it would be unique", "Add the column, then a unique index with createIndex");
  }
  if (generated?.stored) {
    throw refuse("it would be generated and stored", "Let it be virtual: { stored: false }");
  }
  if (!nullable && !generated && !fills) {
    throw refuse(
      "it is not null and has no default",
      "Give it a serverDefault, or let it be nullable",
    );
  }
  if (fills && (!isLiteral(value.sql) || /^current_/i.test(value.sql))) {
    throw refuse(
      "its default is no constant",
      "Add it without a default, and fill it with execute",
    );
  }
  if (fills && has("foreignKey")) {
    throw refuse(
      "it is a foreign key with a default",
      "Add it without a default, and fill it with execute",
    );
  }
}

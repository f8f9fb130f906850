import type { ConstraintName } from "../../schema/constraint_name.ts";
import { qualifiedName } from "../../schema/qualified_name.ts";
import type { Constraint } from "../../schema/schema.ts";
import { check, exclude, foreignKey, primaryKey, unique } from "../../schema/table.ts";
import type { Ask } from "./ask.ts";
import { newPartName } from "./new_name.ts";
import type { Operation } from "../operation.ts";
import type { Operations } from "../operations.ts";

type ConstraintMethods =
  | "addConstraint"
  | "createCheckConstraint"
  | "createUniqueConstraint"
  | "createPrimaryKey"
  | "createForeignKey"
  | "createExcludeConstraint"
  | "dropConstraint"
  | "renameConstraint"
  | "validateConstraint";

/** Returns the methods that change constraints. */
export function constraintOperations<Result>(
  ask: Ask<Result>,
): Pick<Operations<Result>, ConstraintMethods> {
  return {
    addConstraint: (table, constraint) => ask("addConstraint", () => add(table, constraint)),
    createCheckConstraint: (name, table, condition, options = {}) =>
      ask(
        "createCheckConstraint",
        () => add(table, check(condition, { ...options, ...given(name) })),
      ),
    createUniqueConstraint: (name, table, columns, options = {}) =>
      ask(
        "createUniqueConstraint",
        () => add(table, unique(columns, { ...options, ...given(name) })),
      ),
    createPrimaryKey: (name, table, columns) =>
      ask("createPrimaryKey", () => add(table, primaryKey(columns, given(name)))),
    createForeignKey: (name, source, referent, columns, referentColumns, options = {}) =>
      ask("createForeignKey", () => {
        const references = { table: referent, columns: referentColumns };
        return add(source, foreignKey(columns, references, { ...options, ...given(name) }));
      }),
    createExcludeConstraint: (name, table, elements, options = {}) =>
      ask(
        "createExcludeConstraint",
        () => add(table, exclude(elements, { ...options, ...given(name) })),
      ),
    dropConstraint: (table, name, { ifExists, cascade, existing } = {}) =>
      ask("dropConstraint", () => [{
        kind: "dropConstraint",
        table: qualifiedName(table),
        name,
        ...(ifExists && { ifExists }),
        ...(cascade && { cascade }),
        ...(existing && { existing }),
      }]),
    renameConstraint: (on, name, to) =>
      ask("renameConstraint", () => {
        const table = qualifiedName(on);
        return [{ kind: "renameConstraint", table, name, to: newPartName(table, to) }];
      }),
    validateConstraint: (table, name) =>
      ask("validateConstraint", () => [
        { kind: "validateConstraint", table: qualifiedName(table), name },
      ]),
  };
}

function add(
  table: Parameters<typeof qualifiedName>[0],
  constraint: Constraint,
): readonly Operation[] {
  return [{ kind: "addConstraint", table: qualifiedName(table), constraint }];
}

/**
 * Like None in Alembic, null stands for the name by the convention, or one that the database generates.
 */
function given(name: ConstraintName | null): { readonly name?: ConstraintName } {
  return name === null ? {} : { name };
}

import { ToolError } from "../../error.ts";
import { checkOptions, type OptionNames } from "../../schema/check_options.ts";
import { generatedOptions } from "../../schema/column.ts";
import { defaultExpression, expression } from "../../schema/expressions.ts";
import { flag, name as aName, orNull, text, wholeNumber } from "../../schema/option_values.ts";
import { qualifiedName, showName } from "../../schema/qualified_name.ts";
import type { Column, QualifiedName } from "../../schema/schema.ts";
import { columnIndex } from "../../schema/table.ts";
import type { Ask } from "./ask.ts";
import type { ColumnChange, IdentityChange } from "../column_change.ts";
import type { Operation, OperationOf } from "../operation.ts";
import type { AlterColumnOptions, Operations } from "../operations.ts";

type ColumnMethods = "addColumn" | "dropColumn" | "renameColumn" | "alterColumn";

/** Returns the methods that change columns. */
export function columnOperations<Result>(
  ask: Ask<Result>,
): Pick<Operations<Result>, ColumnMethods> {
  return {
    addColumn: (name, part, { ifNotExists, position, constraints: more = [] } = {}) =>
      ask("addColumn", () => {
        const table = qualifiedName(name);
        if (part?.kind !== "column") throw noColumn(table);
        const { column, constraints, index } = part;
        const add: Operation = {
          kind: "addColumn",
          table,
          column,
          constraints: [...constraints, ...more],
          ...(ifNotExists && { ifNotExists }),
          ...(position && { position }),
        };
        if (index === undefined) return [add];
        const made = columnIndex(table, column.name, index.name);
        const create: Operation = { kind: "createIndex", table, index: made };
        return [add, ifNotExists ? { ...create, ifNotExists } : create];
      }),
    dropColumn: (name, column, { ifExists } = {}) =>
      ask("dropColumn", () => [{
        kind: "dropColumn",
        table: qualifiedName(name),
        column,
        ...(ifExists && { ifExists }),
      }]),
    renameColumn: (name, column, to) =>
      ask("renameColumn", () => [{ kind: "renameColumn", table: qualifiedName(name), column, to }]),
    alterColumn: (name, column, options) =>
      ask("alterColumn", () => alter(qualifiedName(name), column, options)),
  };
}

function noColumn(table: QualifiedName): ToolError {
  const shown = showName(table);
  return new ToolError("operation/invalid", `Cannot add to "${shown}" what is not a column`, {
    hint: `Write op.addColumn("${shown}", column("name", integer()))`,
  });
}

/** Just a new name makes a rename and no alteration. */
function alter(
  table: QualifiedName,
  column: string,
  options: AlterColumnOptions,
): readonly Operation[] {
  const { newName } = options;
  const altered = alteration(options);
  const rename: readonly Operation[] = newName === undefined
    ? []
    : [{ kind: "renameColumn", table, column, to: newName }];
  if (rename.length > 0 && Object.keys(altered.change).length === 0) return rename;
  return [{ kind: "alterColumn", table, column, ...altered }, ...rename];
}

function alteration(
  { using, ...options }: AlterColumnOptions,
): Pick<OperationOf<"alterColumn">, "change" | "existing" | "using"> {
  const existing = columnChange({
    type: options.existingType,
    nullable: options.existingNullable,
    serverDefault: options.existingServerDefault,
    comment: options.existingComment,
    collation: options.existingCollation,
    identity: options.existingIdentity,
    generated: options.existingGenerated,
  });
  return {
    change: columnChange(options),
    ...(Object.keys(existing).length > 0 && { existing }),
    ...(using !== undefined && { using: expression(using) }),
  };
}

function columnChange(
  { type, nullable, serverDefault, comment, collation, identity, generated }: {
    readonly [Key in keyof AlterColumnOptions]?: AlterColumnOptions[Key] | undefined;
  },
): ColumnChange {
  return {
    ...(type && { type }),
    ...(nullable !== undefined && { nullable }),
    ...(serverDefault !== undefined && {
      default: serverDefault === null ? null : defaultExpression(serverDefault),
    }),
    ...(comment !== undefined && { comment }),
    ...(collation !== undefined && { collation }),
    ...(identity !== undefined && { identity: counting(identity) }),
    ...(generated !== undefined && { generated: generated && computed(generated) }),
  };
}

function counting(
  identity: Exclude<AlterColumnOptions["identity"], undefined>,
): IdentityChange | null {
  if (typeof identity === "string") return identity === "none" ? null : { generation: identity };
  if (identity !== null) checkOptions("the identity", identity, identityOptions);
  return identity;
}

const identityOptions: OptionNames<IdentityChange> = {
  generation: text,
  start: orNull(wholeNumber),
  increment: orNull(wholeNumber),
  minValue: orNull(wholeNumber),
  maxValue: orNull(wholeNumber),
  cache: orNull(wholeNumber),
  cycle: orNull(flag),
  sequenceName: orNull(aName),
};

function computed(
  generated: NonNullable<AlterColumnOptions["generated"]>,
): NonNullable<Column["generated"]> {
  checkOptions("what the column is computed from", generated, generatedOptions);
  const { expression: text, stored = true } = generated;
  return { expression: expression(text), stored };
}

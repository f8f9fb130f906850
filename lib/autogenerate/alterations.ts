import { isDeepStrictEqual } from "node:util";
import { canReplace } from "../operations/invert/can_replace.ts";
import { replacedOptions } from "../operations/apply/altered_table.ts";
import type { Operation } from "../operations/operation.ts";
import type { TableChange } from "../operations/table_change.ts";
import { nameOf } from "../schema/qualified_name.ts";
import type { Column, Table, TableOptions } from "../schema/schema.ts";
import { sameType } from "../schema/type_family.ts";
import { alterColumn } from "./alter_column.ts";
import { alterEnum } from "./alter_enum.ts";
import type { Capabilities } from "./capabilities.ts";
import type { Part } from "./part.ts";
import { sameConstraint, sameIndex } from "./same_content.ts";

/**
 * Returns the operations that turn `before` into `after`, which has the same key: none if they are the
 * same, and undefined if it must be dropped and recreated.
 */
export function alterations(
  before: Part,
  after: Part,
  capabilities: Capabilities,
): readonly Operation[] | undefined {
  switch (before.kind) {
    case "table":
      return after.kind === "table" ? alterTable(before.table, after.table) : undefined;
    case "column": {
      if (after.kind !== "column") return undefined;
      if (isDeepStrictEqual(before.column, after.column)) return [];
      if (!capabilities.rebuildsTables && isOtherwiseMade(before.column, after.column)) {
        return undefined;
      }
      const operation = alterColumn(before.table, before.column, after.column);
      return operation ? [operation] : [];
    }
    case "default":
      // It changes with its column.
      return [];
    case "constraint": {
      if (after.kind !== "constraint") return undefined;
      const { table, constraint } = before;
      if (sameConstraint(constraint, after.constraint)) return [];
      const { notValid, ...valid } = constraint;
      return notValid && sameConstraint(valid, after.constraint)
        ? [{
          kind: "validateConstraint",
          table: nameOf(table),
          name: constraint.name,
          existing: constraint,
        }]
        : undefined;
    }
    case "index":
      return after.kind === "index" && sameIndex(before.index, after.index) ? [] : undefined;
    case "enum":
      return after.kind === "enum" ? alterEnum(before.enum, after.enum) : undefined;
    case "object": {
      if (after.kind !== "object") return undefined;
      const [old, made] = [before.object, after.object];
      if (old.definition.sql === made.definition.sql) return [];
      return old.kind === made.kind && canReplace(old, made)
        ? [{ kind: "replaceObject", object: made, existing: old }]
        : undefined;
    }
  }
}

/** How a table is partitioned, and what it is a partition of, is not altered here. */
function alterTable(before: Table, after: Table): readonly Operation[] {
  const table = nameOf(before);
  const [old, made] = [before.options ?? {}, after.options ?? {}];
  const changed = changedOptions(old, made);
  const parameters = [old.with ?? {}, made.with ?? {}] as const;
  const change = {
    ...saidOptions(made, changed),
    ...(!isDeepStrictEqual(...parameters) &&
      { with: saidParameters(parameters[1], parameters[0]) }),
  };
  const security = after.rowSecurity ?? "disabled";
  return [
    ...Object.keys(change).length === 0
      ? []
      : [{ kind: "alterTable", table, change, existing: replacedOptions(before, change) } as const],
    ...before.comment === after.comment ? [] : [
      {
        kind: "commentTable",
        table,
        comment: after.comment ?? null,
        existing: before.comment ?? null,
      } as const,
    ],
    ...before.rowSecurity === after.rowSecurity ? [] : [
      {
        kind: "secureRows",
        table,
        security,
        existing: before.rowSecurity ?? "disabled",
      } as const,
    ],
  ];
}

const options = [
  "strict",
  "withoutRowid",
  "autoincrement",
  "unlogged",
  "tablespace",
] as const satisfies readonly (keyof TableChange)[];

type Option = typeof options[number];

function changedOptions(before: TableOptions, after: TableOptions): readonly Option[] {
  return options.filter((it) => !isDeepStrictEqual(before[it], after[it]));
}

function saidOptions(table: TableOptions, changed: readonly Option[]): TableChange {
  return Object.fromEntries(changed.map((it) => [it, table[it] ?? null]));
}

/** Returns the `parameters` that differ from `others`, and null for those that only the others have. */
function saidParameters(
  parameters: NonNullable<TableOptions["with"]>,
  others: NonNullable<TableOptions["with"]>,
): NonNullable<TableChange["with"]> {
  const names = Object.keys({ ...parameters, ...others });
  return Object.fromEntries(
    names.filter((it) => parameters[it] !== others[it]).map((it) => [it, parameters[it] ?? null]),
  );
}

/**
 * Says whether the column must be recreated, unless its table is rebuilt: a plain column cannot become a
 * generated one, nor can a generated one change what it computes.
 */
function isOtherwiseMade(before: Column, after: Column): boolean {
  const [old, made] = [before.generated, after.generated];
  if (old && !made) return !old.stored || !sameType(before.type, after.type);
  return !isDeepStrictEqual(old, made) ||
    (made !== undefined && !sameType(before.type, after.type));
}

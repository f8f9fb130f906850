import type { Constraint, Schema, Table } from "../schema/schema.ts";
import { find } from "./apply.ts";
import { handle } from "./handle.ts";
import type { ColumnChange, Irreversible, Operation } from "./operation.ts";

/**
 * Returns what undoes `operation`, in the order to run it, or why nothing can.
 *
 * @param before The schema that it was done to, where that is known; otherwise only what the
 * operation itself carries of the state before it can be put back.
 */
export function invert(operation: Operation, before?: Schema): readonly Operation[] | Irreversible {
  return handle<readonly Operation[] | Irreversible>(operation, {
    createTable: ({ table, ifNotExists }) => {
      if (ifNotExists) return irreversible("it may have found the table there already");
      return [{ kind: "dropTable", name: nameOf(table), existing: table }];
    },
    dropTable: ({ name, existing, ifExists }) => {
      const table = existing ?? (before && find(before, name));
      if (table === undefined) return ifExists && before ? [] : irreversible("what the dropped table was is not known");
      return [{ kind: "createTable", table }];
    },
    renameTable: ({ name, to }) => [{ kind: "renameTable", name: { ...name, name: to }, to: name.name }],
    addColumn: ({ table, column }) => [{ kind: "dropColumn", table, column: column.name, existing: column }],
    dropColumn: ({ table, column, existing }) => {
      const there = before && find(before, table);
      const found = existing ?? there?.columns.find((it) => it.name === column);
      if (found === undefined) return irreversible("what the dropped column was is not known");
      const indexes = there?.indexes.filter((it) => it.on.includes(column)) ?? [];
      const constraints = there?.constraints.filter((it) => uses(it, column)) ?? [];
      const wide = constraints.find((it) => it.kind !== "check" && it.columns.length > 1);
      if (wide) return irreversible(`a constraint on several columns, the dropped "${column}" among them, went with it`);
      return [
        { kind: "addColumn", table, column: found, constraints },
        ...indexes.map((index): Operation => ({ kind: "createIndex", table, index })),
      ];
    },
    renameColumn: ({ table, column, to }) => [{ kind: "renameColumn", table, column: to, to: column }],
    alterColumn: ({ table, column, change, existing }) => {
      const found = before && find(before, table)?.columns.find((it) => it.name === column);
      const old = oldValues(change, existing ?? {}, found);
      if ("reason" in old) return old;
      return [{ kind: "alterColumn", table, column, change: old, existing: change }];
    },
    createIndex: ({ table, index, concurrently, ifNotExists }) => {
      if (ifNotExists) return irreversible("it may have found the index there already");
      return [{ kind: "dropIndex", table, index: index.name, existing: index, ...(concurrently && { concurrently }) }];
    },
    dropIndex: ({ table, index: name, existing, concurrently, ifExists }) => {
      const index = existing ?? (before && find(before, table)?.indexes.find((it) => it.name === name));
      if (index === undefined) return ifExists && before ? [] : irreversible("what the dropped index was is not known");
      return [{ kind: "createIndex", table, index, ...(concurrently && { concurrently }) }];
    },
    bulkInsert: () => irreversible("which of the rows were there before is not known"),
    execute: () => irreversible("what SQL of one's own does is not known"),
    run: () => irreversible("what code of one's own does is not known"),
  });
}

function irreversible(reason: string): Irreversible {
  return { reason };
}

function nameOf({ schema, name }: Table): { readonly schema?: string; readonly name: string } {
  return schema === undefined ? { name } : { schema, name };
}

function uses(constraint: Constraint, column: string): boolean {
  return constraint.kind !== "check" && constraint.columns.includes(column);
}

/** Returns what each property of `change` was before, from what the operation carries or from the column. */
function oldValues(
  change: ColumnChange,
  existing: ColumnChange,
  column: Table["columns"][number] | undefined,
): ColumnChange | Irreversible {
  const type = existing.type ?? column?.type;
  const nullable = existing.nullable ?? column?.nullable;
  const value = existing.default === undefined && column ? column.default ?? null : existing.default;
  const comment = existing.comment === undefined && column ? column.comment ?? null : existing.comment;
  if (change.type !== undefined && type === undefined) return irreversible("the column's type before is not known: say it with existingType");
  if (change.nullable !== undefined && nullable === undefined) return irreversible("whether the column was nullable is not known: say it with existingNullable");
  if (change.default !== undefined && value === undefined) return irreversible("the column's default before is not known: say it with existingServerDefault");
  if (change.comment !== undefined && comment === undefined) return irreversible("the column's comment before is not known: say it with existingComment");
  return {
    ...(change.type && type && { type }),
    ...(change.nullable !== undefined && nullable !== undefined && { nullable }),
    ...(change.default !== undefined && value !== undefined && { default: value }),
    ...(change.comment !== undefined && comment !== undefined && { comment }),
  };
}

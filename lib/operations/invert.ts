import { columnsOf } from "../schema/columns_of.ts";
import type { Column, Index, Schema, Table } from "../schema/schema.ts";
import { find } from "./apply.ts";
import { handle } from "./handle.ts";
import type { ColumnChange } from "./column_change.ts";
import type { Irreversible, Operation, OperationOf } from "./operation.ts";

/**
 * Returns what undoes `operation`, in the order to run it, or why nothing can.
 *
 * @param before The schema that it was done to, where that is known; otherwise only what the
 * operation itself carries of the state before it can be put back.
 */
export function invert(
  operation: Operation,
  before?: Schema,
): readonly Operation[] | Irreversible {
  return handle<readonly Operation[] | Irreversible>(operation, {
    createTable: ({ table, ifNotExists = false }) =>
      undoCreate({ kind: "dropTable", name: nameOf(table), existing: table }, {
        ifNotExists,
        before,
        isThere: before !== undefined && find(before, table) !== undefined,
      }),
    dropTable: ({ name, existing, ifExists }) => {
      const table = existing ?? (before && find(before, name));
      if (table) return [{ kind: "createTable", table }];
      return ifExists && before ? [] : irreversible("what the dropped table was is not known");
    },
    renameTable: ({ name, to }) => [
      { kind: "renameTable", name: { ...name, name: to }, to: name.name },
    ],
    addColumn: ({ table, column }) => [
      { kind: "dropColumn", table, column: column.name, existing: column },
    ],
    dropColumn: (it) => undoDropColumn(it, before && find(before, it.table)),
    renameColumn: ({ table, column, to }) => [
      { kind: "renameColumn", table, column: to, to: column },
    ],
    alterColumn: ({ table, column, change, existing = {} }) => {
      const there = before && find(before, table)?.columns.find((it) => it.name === column);
      const old = oldValues(change, existing, there);
      if ("reason" in old) return old;
      return [{ kind: "alterColumn", table, column, change: old, existing: change }];
    },
    createIndex: ({ table, index, concurrently, ifNotExists = false }) =>
      undoCreate({
        kind: "dropIndex",
        table,
        index: index.name,
        existing: index,
        ...(concurrently && { concurrently }),
      }, { ifNotExists, before, isThere: indexIn(before, index.name) !== undefined }),
    dropIndex: ({ table, index: name, existing, concurrently, ifExists }) => {
      const index = existing ?? indexIn(before, name);
      if (index) {
        return [{ kind: "createIndex", table, index, ...(concurrently && { concurrently }) }];
      }
      return ifExists && before ? [] : irreversible("what the dropped index was is not known");
    },
    bulkInsert: () => irreversible("which of the rows were there before is not known"),
    execute: () => irreversible("what SQL of one's own does is not known"),
    run: () => irreversible("what code of one's own does is not known"),
  });
}

/** What does nothing where its object is there already has nothing to undo there. */
function undoCreate(
  drop: Operation,
  { ifNotExists, before, isThere }: {
    readonly ifNotExists: boolean;
    readonly before: Schema | undefined;
    readonly isThere: boolean;
  },
): readonly Operation[] | Irreversible {
  if (!ifNotExists) return [drop];
  if (before === undefined) return irreversible("whether it was there before is not known");
  return isThere ? [] : [drop];
}

/** What stood on the column alone comes back with it. */
function undoDropColumn(
  { table, column, existing }: OperationOf<"dropColumn">,
  there: Table | undefined,
): readonly Operation[] | Irreversible {
  const found = existing ?? there?.columns.find((it) => it.name === column);
  if (found === undefined) return irreversible("what the dropped column was is not known");
  const constraints = there?.constraints.filter((it) => columnsOf(it).has(column)) ?? [];
  if (constraints.some((it) => onSeveral(it, there))) {
    return irreversible(`a constraint on "${column}" and other columns went with it`);
  }
  const indexes = there?.indexes.filter((it) => columnsOf(it).has(column)) ?? [];
  return [
    { kind: "addColumn", table, column: found, constraints },
    ...indexes.map((index): Operation => ({ kind: "createIndex", table, index })),
  ];
}

function onSeveral(constraint: Table["constraints"][number], table: Table | undefined): boolean {
  const named = columnsOf(constraint);
  return (table?.columns ?? []).filter((it) => named.has(it.name)).length > 1;
}

/** Returns what each property of `change` was before, from what the operation carries or from the column. */
function oldValues(
  change: ColumnChange,
  existing: ColumnChange,
  column: Column | undefined,
): ColumnChange | Irreversible {
  const old: ColumnChange = {
    ...(column && {
      type: column.type,
      nullable: column.nullable,
      default: column.default ?? null,
      comment: column.comment ?? null,
    }),
    ...existing,
  };
  const unknown = properties.find(({ key }) => change[key] !== undefined && old[key] === undefined);
  if (unknown) {
    return irreversible(`the column's ${unknown.word} before is not known: say ${unknown.option}`);
  }
  return {
    ...(change.type && old.type && { type: old.type }),
    ...(change.nullable !== undefined && old.nullable !== undefined && { nullable: old.nullable }),
    ...(change.default !== undefined && old.default !== undefined && { default: old.default }),
    ...(change.comment !== undefined && old.comment !== undefined && { comment: old.comment }),
  };
}

const properties = [
  { key: "type", word: "type", option: "existingType" },
  { key: "nullable", word: "nullability", option: "existingNullable" },
  { key: "default", word: "default", option: "existingServerDefault" },
  { key: "comment", word: "comment", option: "existingComment" },
] as const satisfies readonly {
  readonly key: keyof ColumnChange;
  readonly word: string;
  readonly option: string;
}[];

function indexIn(schema: Schema | undefined, name: string): Index | undefined {
  return schema?.tables.flatMap((it) => it.indexes).find((it) => it.name === name);
}

function nameOf({ schema, name }: Table): { readonly schema?: string; readonly name: string } {
  return schema === undefined ? { name } : { schema, name };
}

function irreversible(reason: string): Irreversible {
  return { reason };
}

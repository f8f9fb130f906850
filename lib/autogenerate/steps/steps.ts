import { columnsOf } from "../../schema/columns_of.ts";
import type { Table } from "../../schema/schema.ts";
import { alterColumn } from "../alter_column.ts";
import type { Change, Changes } from "../change.ts";
import type { Capabilities } from "../capabilities.ts";
import { looseForeignKeys } from "./loose_foreign_keys.ts";
import type { Needs } from "./needs.ts";
import { carryingSteps } from "./carried_columns.ts";
import { columnKey, type Key, keyOf, type Part, tableKey } from "../part.ts";
import { creation, removal } from "./part_operations.ts";
import { type Effect, placeToAlter, placeToDrop, placeToMake } from "./place.ts";
import type { Step } from "./step.ts";
import { partsOfTable } from "./take_apart.ts";

/** Returns the steps of `changes`, in no order. */
export function stepsOf(
  changes: Changes,
  needs: { readonly before: Needs; readonly after: Needs },
  { rebuildsTables }: Capabilities,
): readonly Step[] {
  const all = new Set([...changes.before.values(), ...changes.after.values()]);
  const dropped = [...all].flatMap((it) => isDropped(it) ? it.before : []);
  const made = [...all].flatMap((it) => isMade(it) ? it.after : []);
  const loose = {
    before: rebuildsTables ? new Set<Key>() : looseForeignKeys(goingIn(dropped), needs.before),
    after: rebuildsTables ? new Set<Key>() : looseForeignKeys(goingIn(made), needs.after),
  };
  const inColumns = constraintsInColumns(changes);
  const saidInColumns = new Set<Part>([...inColumns.values()].flat());
  const carrying = carryingSteps(changes);
  const carried = new Set(carrying.flatMap((it) => it.alters.map(({ before }) => keyOf(before))));
  return [
    ...[...all].flatMap((change): readonly Step[] => [
      ...isDropped(change) ? dropStep(change.before, changes, loose.before) : [],
      ...change.how === "alter" ? alterStep(change, changes, carried) : [],
      ...isMade(change) && !saidInColumns.has(change.after)
        ? makeStep(change.after, changes, loose.after, inColumns)
        : [],
    ]),
    ...carrying,
  ];
}

type Dropped = Extract<Change, { how: "drop" | "remake" }>;
type Made = Extract<Change, { how: "create" | "remake" }>;

function isDropped(change: Change | undefined): change is Dropped {
  return change?.how === "drop" || change?.how === "remake";
}

function isMade(change: Change | undefined): change is Made {
  return change?.how === "create" || change?.how === "remake";
}

/** Returns the tables of `parts` with all their parts. */
function goingIn(parts: readonly Part[]): readonly Part[] {
  return parts.flatMap((it) => it.kind === "table" ? partsOfTable(it.table) : []);
}

function dropStep(part: Part, { before }: Changes, loose: ReadonlySet<Key>): readonly Step[] {
  const own = (drops: readonly Part[]): Step => ({
    operations: [removal(part)],
    place: placeToDrop(part),
    makes: [],
    drops,
    alters: [],
  });
  if (part.kind === "table") {
    const { table, parts } = without(part.table, loose);
    return [{ ...own(parts), operations: [removal({ kind: "table", table })] }];
  }
  if (isInside(part) && isDropped(before.get(tableKey(part.table)))) {
    return loose.has(keyOf(part)) ? [own([part])] : [];
  }
  if (part.kind === "column") return [own([part, ...defaultOf(part)])];
  // A default is dropped with its column, or changed with it; one that is recreated is dropped by itself.
  if (part.kind !== "default") return [own([part])];
  const isAlone = before.get(keyOf(part))?.how === "remake" &&
    !isDropped(before.get(columnKey(part.table, part.column.name)));
  return isAlone ? [own([part])] : [];
}

function makeStep(
  part: Part,
  { after }: Changes,
  loose: ReadonlySet<Key>,
  inColumns: ReadonlyMap<Key, readonly ConstraintPart[]>,
): readonly Step[] {
  const own = (makes: readonly Part[]): Step => ({
    operations: [creation(part)],
    place: placeToMake(part),
    makes,
    drops: [],
    alters: [],
  });
  if (part.kind === "table") {
    const { table, parts } = without(part.table, loose);
    return [{ ...own(parts), operations: [creation({ kind: "table", table })] }];
  }
  if (isInside(part) && isMade(after.get(tableKey(part.table)))) {
    return loose.has(keyOf(part)) ? [own([part])] : [];
  }
  if (part.kind === "column") {
    const constraints = inColumns.get(keyOf(part)) ?? [];
    const operation = creation(part);
    if (operation.kind !== "addColumn") return [];
    return [{
      ...own([part, ...defaultOf(part), ...constraints]),
      operations: [{ ...operation, constraints: constraints.map((it) => it.constraint) }],
    }];
  }
  if (part.kind !== "default") return [own([part])];
  const isAlone = after.get(keyOf(part))?.how === "remake" &&
    !isMade(after.get(columnKey(part.table, part.column.name)));
  return isAlone ? [own([part])] : [];
}

/** @param carried The columns that get their type, and its collation, in steps of their own. */
function alterStep(
  change: Extract<Change, { how: "alter" }>,
  changes: Changes,
  carried: ReadonlySet<Key>,
): readonly Step[] {
  const { before, after } = change;
  const effect = effectOf(before, after);
  const step = { place: placeToAlter(after, effect), makes: [], drops: [] };
  if (before.kind !== "column" || after.kind !== "column") {
    return [{ ...step, operations: change.operations, alters: [{ before, after, effect }] }];
  }
  const defaults = [
    changes.before.get(keyOf({ ...before, kind: "default" })),
    changes.after.get(keyOf({ ...after, kind: "default" })),
  ];
  // A default that is recreated has steps of its own.
  const isApart = defaults.some((it) => it?.how === "remake");
  const old = carried.has(keyOf(before)) ? retyped(before.column, after.column) : before.column;
  const operation = isApart
    ? alterColumn(before.table, withoutDefault(old), withoutDefault(after.column))
    : alterColumn(before.table, old, after.column);
  if (operation === undefined) return [];
  const changesDefault = !isApart && "default" in operation.change;
  return [{
    ...step,
    operations: [operation],
    makes: changesDefault ? defaultOf(after) : [],
    drops: changesDefault ? defaultOf(before) : [],
    alters: [{ before, after }],
  }];
}

function effectOf(before: Part, after: Part): Effect | undefined {
  if (before.kind !== "table" || after.kind !== "table") return undefined;
  const [was, is] = [before.table.options?.strict, after.table.options?.strict];
  return was === is ? undefined : is ? "tightens" : "loosens";
}

type ColumnPart = Extract<Part, { kind: "column" }>;
type ConstraintPart = Extract<Part, { kind: "constraint" }>;
type Inside = Exclude<Part, { kind: "table" | "enum" | "object" }>;

function isInside(part: Part): part is Inside {
  return part.kind !== "table" && part.kind !== "enum" && part.kind !== "object";
}

function defaultOf({ table, column }: ColumnPart): readonly Part[] {
  return column.default ? [{ kind: "default", table, column }] : [];
}

function retyped(
  { collation: _, ...column }: ColumnPart["column"],
  { type, collation }: ColumnPart["column"],
): ColumnPart["column"] {
  return { ...column, type, ...(collation !== undefined && { collation }) };
}

function withoutDefault({ default: _, ...column }: ColumnPart["column"]): ColumnPart["column"] {
  return column;
}

/** Returns `table` and its parts without those foreign keys that are added or dropped separately. */
function without(
  table: Table,
  loose: ReadonlySet<Key>,
): { readonly table: Table; readonly parts: readonly Part[] } {
  const parts = partsOfTable(table);
  const kept = parts.filter((it) => !loose.has(keyOf(it)));
  if (kept.length === parts.length) return { table, parts };
  const constraints = kept.flatMap((it) => it.kind === "constraint" ? it.constraint : []);
  return { table: { ...table, constraints }, parts: kept };
}

/** Returns the new constraints that are on a single new column, by its key: they are added with it. */
function constraintsInColumns(
  { after }: Changes,
): ReadonlyMap<Key, readonly ConstraintPart[]> {
  const found = [...after.values()].flatMap((change): readonly [Key, ConstraintPart][] => {
    if (change.how !== "create" || change.after.kind !== "constraint") return [];
    const { table, constraint } = change.after;
    if (constraint.kind === "primaryKey" || constraint.kind === "exclude" || constraint.notValid) {
      return [];
    }
    const named = columnsOf(constraint);
    const own = table.columns.filter((it) => named.has(it.name));
    const key = columnKey(table, own[0]?.name ?? "");
    const isNew = own.length === 1 && isMade(after.get(key)) && !isMade(after.get(tableKey(table)));
    return isNew ? [[key, change.after]] : [];
  });
  return new Map(
    [...Map.groupBy(found, ([key]) => key)].map(([key, pairs]) => [key, pairs.map(([, it]) => it)]),
  );
}

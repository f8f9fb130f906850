import { isDeepStrictEqual } from "node:util";
import type { ColumnChange } from "../operations/column_change.ts";
import type { OperationOf } from "../operations/operation.ts";
import { countingKey } from "../schema/counting_key.ts";
import { isNumbered, type Numbering, numberingOf } from "../schema/serial.ts";
import { nameOf } from "../schema/qualified_name.ts";
import type { Column, SequenceOptions, Table } from "../schema/schema.ts";
import { sameFamily, sameType } from "../schema/type_family.ts";

/** Returns the operation that turns `before` into `made`, if they differ. */
export function alterColumn(
  table: Table,
  before: Column,
  made: Column,
): OperationOf<"alterColumn"> | undefined {
  const after = keepsSerial(table, before, made) ? { ...made, identity: "serial" as const } : made;
  const keys = changedKeys(before, after);
  if (keys.length === 0) return undefined;
  const changesSerial = (before.identity === "serial") !== (after.identity === "serial");
  const counting = changesSerial ? undefined : differing(numberingOf(before), numberingOf(after));
  return {
    kind: "alterColumn",
    table: nameOf(table),
    column: before.name,
    change: said(after, keys, isNumbered(before) ? counting : undefined),
    existing: {
      // Undoing this recreates the column as a generated one, which needs these.
      ...before.generated && !after.generated &&
        said(before, ["type", "nullable", "comment", "collation"], undefined),
      ...said(before, keys, isNumbered(after) ? counting : undefined),
    },
  };
}

/** `now()` and `CURRENT_TIMESTAMP` are the same, but PostgreSQL keeps whichever was written. */
function sameDefault(before: Column["default"], after: Column["default"]): boolean {
  const meant = (it: Column["default"]) => it?.sql === "now()" ? "CURRENT_TIMESTAMP" : it?.sql;
  return meant(before) === meant(after);
}

type ChangeKey = keyof ColumnChange;

function changedKeys(before: Column, after: Column): readonly ChangeKey[] {
  const hasOtherType = !sameType(before.type, after.type);
  // PostgreSQL drops the collation when the type changes, unless it is stated again.
  const collation = !isDeepStrictEqual(before.collation, after.collation) ||
    (hasOtherType && after.collation !== undefined);
  // A new collation requires the type to be stated again, and a type of another family the default.
  const type = collation || hasOtherType;
  const value = !sameDefault(before.default, after.default) ||
    (before.default !== undefined && !sameFamily(before.type, after.type));
  const differs: Readonly<Record<ChangeKey, boolean>> = {
    type,
    nullable: before.nullable !== after.nullable,
    default: value,
    comment: before.comment !== after.comment,
    collation,
    identity: countsOtherwise(before, after),
    generated: !isDeepStrictEqual(before.generated, after.generated),
  };
  return changeKeys.filter((it) => differs[it]);
}

/** A SERIAL key does what an identity does, which is what a model for either database declares. */
function keepsSerial(table: Table, before: Column, after: Column): boolean {
  return before.identity === "serial" && after.identity === "byDefault" &&
    countingKey(table)?.name === before.name;
}

/** The sequence of a SERIAL column has a type of its own, which follows the column's. */
function countsOtherwise(before: Column, after: Column): boolean {
  const [old, made] = [before, after].map((it) => it.identity ?? "none");
  return old !== made || !isDeepStrictEqual(numberingOf(before), numberingOf(after)) ||
    (made === "serial" && !sameType(before.type, after.type));
}

const changeKeys = [
  "type",
  "nullable",
  "default",
  "comment",
  "collation",
  "identity",
  "generated",
] as const satisfies readonly ChangeKey[];

/**
 * Returns the properties `keys` of `column`.
 *
 * @param counting Which options of its sequence; absent: all that it has.
 */
function said(
  column: Column,
  keys: readonly ChangeKey[],
  counting: readonly NumberingOption[] | undefined,
): ColumnChange {
  const { identity } = column;
  const numbering = numberingOf(column);
  const options = counting
    ? Object.fromEntries(counting.map((it) => [it, numbering[it] ?? null]))
    : numbering;
  const all: Required<ColumnChange> = {
    type: column.type,
    nullable: column.nullable,
    default: column.default ?? null,
    comment: column.comment ?? null,
    collation: column.collation ?? null,
    identity: identity && identity !== "none" ? { generation: identity, ...options } : null,
    generated: column.generated ?? null,
  };
  return Object.fromEntries(Object.entries(all).filter(([key]) => keys.some((it) => it === key)));
}

type NumberingOption = keyof Numbering;

const numberingOptions = [
  "start",
  "increment",
  "minValue",
  "maxValue",
  "cache",
  "cycle",
  "sequenceName",
] as const satisfies readonly NumberingOption[];

/**
 * Returns the options that differ. If the first values differ, `start` and `increment` are always among them:
 * by default a sequence starts at one of its bounds, and its direction decides at which.
 */
function differing(a: Numbering, b: Numbering): readonly NumberingOption[] {
  const startsElsewhere = firstOf(a) !== firstOf(b);
  return numberingOptions.filter((it) =>
    a[it] !== b[it] || (startsElsewhere && (it === "start" || it === "increment"))
  );
}

function firstOf(options: SequenceOptions): number | bigint {
  const { start, increment = 1, minValue = 1, maxValue = -1 } = options;
  return start ?? (increment < 0 ? maxValue : minValue);
}

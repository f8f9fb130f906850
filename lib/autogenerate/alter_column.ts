import { isDeepStrictEqual } from "node:util";
import type { ColumnChange } from "../operations/column_change.ts";
import type { OperationOf } from "../operations/operation.ts";
import { nameOf } from "../schema/qualified_name.ts";
import type { Column, QualifiedName, SequenceOptions } from "../schema/schema.ts";
import { sameFamily, sameType } from "../schema/type_family.ts";

/** Returns the operation that makes `before` what `after` is, if they differ. */
export function alterColumn(
  table: QualifiedName,
  before: Column,
  after: Column,
): OperationOf<"alterColumn"> | undefined {
  const keys = changedKeys(before, after);
  if (keys.length === 0) return undefined;
  const counting = differing(before.sequence ?? {}, after.sequence ?? {});
  return {
    kind: "alterColumn",
    table: nameOf(table),
    column: before.name,
    change: said(after, keys, before.identity && counting),
    existing: said(before, keys, after.identity && counting),
  };
}

/** `now()` and `CURRENT_TIMESTAMP` are the same time, which PostgreSQL writes as it was said. */
function sameDefault(before: Column["default"], after: Column["default"]): boolean {
  const meant = (it: Column["default"]) => it?.sql === "now()" ? "CURRENT_TIMESTAMP" : it?.sql;
  return meant(before) === meant(after);
}

type ChangeKey = keyof ColumnChange;

function changedKeys(before: Column, after: Column): readonly ChangeKey[] {
  const collation = before.collation !== after.collation;
  // A database has to be told the type again for the collation, and the default for a type of another kind.
  const type = collation || !sameType(before.type, after.type);
  const value = !sameDefault(before.default, after.default) ||
    (before.default !== undefined && !sameFamily(before.type, after.type));
  const differs: Readonly<Record<ChangeKey, boolean>> = {
    type,
    nullable: before.nullable !== after.nullable,
    default: value,
    comment: before.comment !== after.comment,
    collation,
    identity: before.identity !== after.identity ||
      !isDeepStrictEqual(before.sequence ?? {}, after.sequence ?? {}),
    generated: !isDeepStrictEqual(before.generated, after.generated),
  };
  return keys.filter((it) => differs[it]);
}

const keys = [
  "type",
  "nullable",
  "default",
  "comment",
  "collation",
  "identity",
  "generated",
] as const satisfies readonly ChangeKey[];

/**
 * Returns what `column` says of `keys`.
 *
 * @param counting Which options of its sequence; absent: all that it has.
 */
function said(
  column: Column,
  keys: readonly ChangeKey[],
  counting: readonly SequenceOption[] | undefined,
): ColumnChange {
  const { identity, sequence = {} } = column;
  const options = counting
    ? Object.fromEntries(counting.map((it) => [it, sequence[it] ?? null]))
    : sequence;
  const all: Required<ColumnChange> = {
    type: column.type,
    nullable: column.nullable,
    default: column.default ?? null,
    comment: column.comment ?? null,
    collation: column.collation ?? null,
    identity: identity ? { generation: identity, ...options } : null,
    generated: column.generated ?? null,
  };
  return Object.fromEntries(Object.entries(all).filter(([key]) => keys.some((it) => it === key)));
}

type SequenceOption = keyof SequenceOptions;

const options = [
  "start",
  "increment",
  "minValue",
  "maxValue",
  "cache",
  "cycle",
] as const satisfies readonly SequenceOption[];

function differing(a: SequenceOptions, b: SequenceOptions): readonly SequenceOption[] {
  return options.filter((it) => a[it] !== b[it]);
}

import type { Schema } from "../schema/schema.ts";
import type { Capabilities } from "./capabilities.ts";
import { type Change, type Changes, compareParts } from "./change.ts";
import { type Key, keyOf, type Part } from "./part.ts";
import { isCarried } from "./steps/carried_columns.ts";
import { hasEnum } from "./steps/disturbance.ts";
import { Needs } from "./steps/needs.ts";
import { remakeDependents } from "./steps/remake_dependents.ts";
import { remakeUsedEnums } from "./steps/remake_used_enums.ts";
import { takeApart } from "./steps/take_apart.ts";

/**
 * Returns the tables that must be recreated because `b` partitions them otherwise, or by a column whose type
 * changes or is recreated: PostgreSQL alters neither.
 */
export function repartitioned(a: Schema, b: Schema, capabilities: Capabilities): ReadonlySet<Key> {
  if (![...a.tables, ...b.tables].some((it) => it.options?.partitionBy)) return new Set();
  const [before, after] = [takeApart(a), takeApart(b, a)];
  const needs = { before: new Needs(before), after: new Needs(after) };
  const compared = remakeUsedEnums(compareParts(before, after, { capabilities }));
  const changes = remakeDependents(compared, needs, capabilities);
  const converted = convertedColumns(changes);
  return new Set(
    [...before].filter(([key, part]) => {
      const other = after.get(key);
      if (part.kind !== "table" || other?.kind !== "table") return false;
      const [old, made] = [part, other].map((it) => it.table.options?.partitionBy?.sql);
      return old !== made ||
        (old !== undefined && [...needs.before.of(part)].some((it) => converted.has(it)));
    }).map(([key]) => key),
  );
}

/** Returns the columns that get another type, or whose type is recreated. */
function convertedColumns({ before }: Changes): ReadonlySet<Key> {
  const types = [...before.values()].flatMap((it) => isRecreated(it) ? it.before ?? [] : []);
  return new Set(
    [...before.values()].flatMap((change) =>
      change.before?.kind === "column" &&
        (isRetyped(change) || types.some((it) => hasType(change, it)))
        ? [keyOf(change.before)]
        : []
    ),
  );
}

function isRecreated(change: Change): boolean {
  return change.how === "alter"
    ? change.operations.some((it) => it.kind === "changeEnum")
    : change.how === "remake" && ["enum", "object"].includes(change.before.kind);
}

function isRetyped(change: Change): boolean {
  return change.how === "alter" &&
    change.operations.some((it) => it.kind === "alterColumn" && it.change.type !== undefined);
}

function hasType(change: Change, type: Part): boolean {
  return isCarried(change, type) ||
    (change.before?.kind === "column" && hasEnum(change.before.column.type, type));
}

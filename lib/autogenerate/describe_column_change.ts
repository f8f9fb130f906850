import { isDeepStrictEqual } from "node:util";
import type { ColumnChange } from "../operations/column_change.ts";
import type { ColumnType } from "../schema/types.ts";
import { typeCode } from "./render/column_type.ts";
import { onOneLine } from "./render/lay_out.ts";

/** Returns a line for each changed property of `column`, whose name is already quoted. */
export function describeColumnChange(
  column: string,
  change: ColumnChange,
  existing: ColumnChange = {},
): readonly string[] {
  const { type, nullable, default: value, comment, collation, identity, generated } = change;
  // These may be restated only because another property changes: if the same as before, they are no change.
  const saysType = type !== undefined && !isDeepStrictEqual(type, existing.type);
  const saysDefault = value !== undefined && !isDeepStrictEqual(value, existing.default);
  const saysCollation = collation !== undefined &&
    !isDeepStrictEqual(collation, existing.collation);
  const from = existing.type === undefined ? "" : `from ${typeText(existing.type)} `;
  return [
    ...saysType ? [`type change ${from}to ${typeText(type)} on ${column}`] : [],
    ...nullable === undefined ? [] : [`${nullable ? "NULL" : "NOT NULL"} on column ${column}`],
    ...saysDefault ? [`server default on column ${column}`] : [],
    ...saysCollation ? [`collation on column ${column}`] : [],
    ...identity === undefined ? [] : [`identity on column ${column}`],
    ...generated === undefined ? [] : [`computed value on column ${column}`],
    ...comment === undefined ? [] : [`column comment ${column}`],
  ];
}

/** As a model writes it. */
function typeText(type: ColumnType): string {
  return onOneLine(typeCode(type))?.replace(/\(\)$/, "") ?? type.kind;
}

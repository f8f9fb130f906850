import type { Enum } from "../../../schema/schema.ts";
import type { ColumnType } from "../../../schema/types.ts";
import {
  call,
  entityKinds,
  field,
  internal,
  isEntity,
  listOf,
  textOf,
  unknownVersion,
} from "./entity.ts";

/** Returns the type of `column`, in Drizzle's words for it, which the server understands. */
export function columnType(column: unknown): ColumnType {
  const base = field(column, "baseColumn");
  if (isEntity(column, "PgArray") && base !== undefined) {
    return { kind: "array", of: columnType(base) };
  }
  const made = readEnum(field(column, "enum"));
  if (made !== undefined) {
    const { values, ...name } = made;
    return { kind: "enum", name, values };
  }
  const type = call(column, "getSQLType");
  if (typeof type === "string") return { kind: "native", sql: type };
  throw unknownVersion(`a column of ${entityKinds(column)[0]} has no type`);
}

/** Returns the enum that `value`, a function of Drizzle's, stands for; undefined if it is not one. */
export function readEnum(value: unknown): Enum | undefined {
  if (internal(value, "isPgEnum") !== true) return undefined;
  const [schema, name] = [textOf(value, "schema"), textOf(value, "enumName")];
  if (name === undefined) throw unknownVersion("an enum has no name");
  const values = listOf(field(value, "enumValues")).map(String);
  return { ...(schema !== undefined && { schema }), name, values };
}

import type { ColumnChange } from "../../operations/column_change.ts";
import type { OperationOf } from "../../operations/operation.ts";
import { type Code, fields, method } from "./code.ts";
import { generatedCode } from "./column.ts";
import { typeCode } from "./column_type.ts";
import { defaultCode, expressionCode } from "./expressions.ts";
import { literal, text } from "./literal.ts";
import { nameCode } from "./names.ts";

/** Returns the call that changes a column, with what it replaces if known. */
export function alterColumnCode(
  { table, column, change, existing = {}, using }: OperationOf<"alterColumn">,
): Code {
  const replaced = Object.entries(changeFields(existing)).map(([key, value]) =>
    [`existing${key.charAt(0).toUpperCase()}${key.slice(1)}`, value] as const
  );
  return method(
    "alterColumn",
    nameCode(table),
    text(column),
    fields({
      ...changeFields(change),
      using: using && expressionCode(using),
      ...Object.fromEntries(replaced),
    }),
  );
}

function changeFields(change: ColumnChange): Readonly<Record<string, Code | undefined>> {
  const { type, nullable, default: value, comment, collation, identity, generated } = change;
  return {
    type: type && typeCode(type),
    nullable: nullable === undefined ? undefined : String(nullable),
    serverDefault: orNull(value, defaultCode),
    comment: orNull(comment, text),
    collation: orNull(collation, literal),
    identity: orNull(
      identity,
      ({ generation, ...options }) =>
        Object.keys(options).length === 0 ? text(generation) : literal({ generation, ...options }),
    ),
    generated: orNull(generated, (it) => generatedCode(it) ?? "null"),
  };
}

/** Null removes a property; undefined leaves it as it is. */
function orNull<Value>(
  said: Value | null | undefined,
  code: (value: Value) => Code,
): Code | undefined {
  return said === null ? "null" : said === undefined ? undefined : code(said);
}

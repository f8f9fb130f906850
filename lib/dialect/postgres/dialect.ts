import type { Operation, Recorded } from "../../operations/operation.ts";
import type { Queryable } from "../../sql/statement.ts";
import type { CompiledStatement, Deferral, Dialect } from "../dialect.ts";
import { insertRows } from "../insert_rows.ts";
import { placed } from "../placed.ts";
import { alterColumn } from "./compile/alter_column.ts";
import { holdLists, readArrayColumns } from "./compile/array_columns.ts";
import { needsBaseType, readBaseType } from "./compile/base_type.ts";
import { belongings } from "./compile/belongings.ts";
import { changeEnum } from "./enums/change_enum.ts";
import { asWritten } from "./as_written.ts";
import { compile } from "./compile/compile.ts";
import { introspect } from "./introspect.ts";
import { normalize } from "./normalize.ts";
import { readEnumUses } from "./enums/read_enum_uses.ts";
import { sessionSettings } from "./transactions/session_settings.ts";
import { unread } from "./unread.ts";

export const postgres: Dialect = {
  name: "postgres",
  session: sessionSettings,
  compile,
  belongings,
  deferral,
  compileDeferred,
  asWritten,
  normalize,
  introspect,
  unread,
};

/**
 * Only the catalogue knows what uses an enum type, whether a list is for an array, and what type underlies
 * a domain: each such operation is compiled from the state that the one before it left.
 */
function deferral(operation: Operation): Deferral | undefined {
  if (operation.kind === "bulkInsert" && holdLists(operation.rows)) {
    const { table: { schema, name } } = operation;
    return { subject: JSON.stringify(["rows", schema, name]), required: true };
  }
  if (operation.kind === "alterColumn" && needsBaseType(operation)) {
    const { table: { schema, name }, column } = operation;
    return { subject: JSON.stringify(["column", schema, name, column]), required: true };
  }
  if (operation.kind !== "changeEnum") return undefined;
  const { name, values, replaced } = operation;
  return { subject: JSON.stringify([name.schema, name.name, values, replaced]), required: true };
}

async function compileDeferred(
  recorded: readonly Recorded[],
  connection: Queryable,
): Promise<readonly CompiledStatement[]> {
  const statements: CompiledStatement[] = [];
  for (const it of recorded) {
    const compiled = await placed(it, () => compileFrom(it.operation, connection));
    statements.push(...compiled.map((one) => ({ ...one, at: it.at })));
  }
  return statements;
}

async function compileFrom(
  operation: Operation,
  connection: Queryable,
): Promise<readonly CompiledStatement[]> {
  switch (operation.kind) {
    case "changeEnum":
      return changeEnum(operation, await readEnumUses(operation.name, connection));
    case "alterColumn": {
      const { type } = operation.change;
      return alterColumn(operation, type && await readBaseType(type, connection));
    }
    case "bulkInsert": {
      const arrays = await readArrayColumns(operation.table, connection);
      return insertRows(operation.table, operation.rows, "postgres", arrays);
    }
    default:
      return compile(operation);
  }
}

import { ToolError } from "../../../error.ts";
import type { OperationOf } from "../../../operations/operation.ts";
import type { TableChange } from "../../../operations/table_change.ts";
import { namesWithout, showName } from "../../../schema/qualified_name.ts";
import type { QualifiedName } from "../../../schema/schema.ts";
import { quoteIdentifier, quoteName } from "../../../sql/quote.ts";
import { storageParameters } from "../../clauses.ts";
import type { CompiledStatement } from "../../dialect.ts";
import { alterTable } from "./statements.ts";

/** Returns the statements that change the options of a table, one for each; SQLite's options need none. */
export function alterTableOptions(
  { table, change, existing = {} }: OperationOf<"alterTable">,
): readonly CompiledStatement[] {
  const { unlogged, inherits, with: parameters = {}, tablespace } = change;
  return [
    ...unlogged === undefined ? [] : [`SET ${unlogged ? "UNLOGGED" : "LOGGED"}`],
    ...inherits === undefined ? [] : inheritance(table, inherits ?? [], existing.inherits),
    ...storage(parameters),
    ...tablespace === undefined
      ? []
      : [`SET TABLESPACE ${quoteIdentifier(tablespace ?? "pg_default")}`],
  ].map((it) => alterTable(table, it));
}

function inheritance(
  table: QualifiedName,
  wanted: readonly QualifiedName[],
  existing: TableChange["inherits"],
): readonly string[] {
  if (existing === undefined) {
    throw new ToolError(
      "operation/invalid",
      `Cannot change what "${
        showName(table)
      }" inherits from: what it inherited from before is not known`,
      { hint: "Give existing: { inherits: […] }, or null" },
    );
  }
  return [
    ...namesWithout(existing ?? [], wanted).map((it) => `NO INHERIT ${quoteName(it)}`),
    ...namesWithout(wanted, existing ?? []).map((it) => `INHERIT ${quoteName(it)}`),
  ];
}

function storage(parameters: NonNullable<TableChange["with"]>): readonly string[] {
  const pairs = Object.entries(parameters);
  const gone = pairs.flatMap(([name, value]) => value === null ? [name] : []);
  const said = pairs.flatMap(([name, value]) => value === null ? [] : [[name, value] as const]);
  return [
    ...gone.length > 0 ? [`RESET (${gone.join(", ")})`] : [],
    ...said.length > 0 ? [`SET (${storageParameters(Object.fromEntries(said))})`] : [],
  ];
}

import type { OperationOf } from "../../operations/operation.ts";
import { isInKey } from "../../schema/lookup.ts";
import type { NamingContext } from "../../schema/naming.ts";
import type { Column, Constraint, Table, TableOptions } from "../../schema/schema.ts";
import { type Code, fields, list, method, optional, word } from "./code.ts";
import { columnCode } from "./column.ts";
import { constraintCode, flag } from "./constraint.ts";
import { rawCode } from "./expressions.ts";
import { elementsCode, indexOptions } from "./index_code.ts";
import { type InlineParts, inlineParts, isInline } from "./inline_parts.ts";
import { literal, text } from "./literal.ts";
import { nameCode, partsCode } from "./names.ts";

/** Returns the call that creates a table: its columns with what they can declare, then what they can't. */
export function createTableCode(
  { table, ifNotExists }: OperationOf<"createTable">,
  naming: NamingContext,
): Code {
  const inline = inlineParts(table);
  const place = { table, naming };
  const parts = [
    ...table.columns.map((it) => columnCode(it, saysOf(it, table, inline), place)),
    ...inline.otherConstraints.map((it) => constraintCode(it, place)),
    ...inline.otherIndexes.map((it) =>
      word("index", text(it.name), elementsCode(it), ...optional(indexOptions(it)))
    ),
    ...table.comment === undefined ? [] : [word("comment", text(table.comment))],
    ...optional({
      ...tableOptions(table.options ?? {}),
      rowSecurity: table.rowSecurity && text(table.rowSecurity),
      ifNotExists: flag(ifNotExists),
    }).map((it) => word("options", it)),
  ];
  const call = method("createTable", nameCode(table), ...parts);
  return parts.length > 1 ? { ...call, spread: true } : call;
}

/** Returns the call that adds a column, with what it can declare and what it can't. */
export function addColumnCode(
  { table, column, constraints, ifNotExists, position }: OperationOf<"addColumn">,
  naming: NamingContext,
): Code {
  const place = { table, naming };
  const { constraints: inline, otherConstraints } = addedParts(column, constraints);
  const says = { constraints: inline, isKey: inline.some((it) => it.kind === "primaryKey") };
  const options = optional({
    constraints: otherConstraints.length > 0
      ? list(otherConstraints.map((it) => constraintCode(it, place)))
      : undefined,
    position: position && literal(position),
    ifNotExists: flag(ifNotExists),
  });
  return method("addColumn", nameCode(table), columnCode(column, says, place), ...options);
}

function saysOf(
  column: Column,
  { constraints }: Table,
  inline: InlineParts,
): Parameters<typeof columnCode>[1] {
  return {
    constraints: inline.constraints.get(column.name) ?? [],
    index: inline.indexes.get(column.name),
    isKey: isInKey(column.name, constraints),
  };
}

/** As {@linkcode inlineParts}, for a column whose table is not known: a check on it may name any column. */
function addedParts(
  { nullable }: Column,
  constraints: readonly Constraint[],
): Pick<InlineParts, "otherConstraints"> & { readonly constraints: readonly Constraint[] } {
  const order: readonly Constraint["kind"][] = ["primaryKey", "unique", "foreignKey", "check"];
  const end = constraints.findIndex((it, at) => {
    const before = constraints[at - 1];
    const follows = before === undefined || order.indexOf(before.kind) < order.indexOf(it.kind);
    return !follows || !isInline(it) || it.kind === "primaryKey" && nullable;
  });
  const lead = end < 0 ? constraints.length : end;
  return { constraints: constraints.slice(0, lead), otherConstraints: constraints.slice(lead) };
}

function tableOptions(said: TableOptions): Readonly<Record<string, Code | undefined>> {
  const { partitionBy, partitionOf, inherits, with: storage, tablespace } = said;
  return {
    strict: flag(said.strict),
    withoutRowid: flag(said.withoutRowid),
    autoincrement: flag(said.autoincrement),
    unlogged: flag(said.unlogged),
    partitionBy: partitionBy && rawCode(partitionBy),
    partitionOf: partitionOf &&
      fields({ table: partsCode(partitionOf.table), bounds: rawCode(partitionOf.bounds) }),
    inherits: inherits && list(inherits.map(partsCode)),
    with: storage && literal(storage),
    tablespace: tablespace === undefined ? undefined : text(tablespace),
  };
}

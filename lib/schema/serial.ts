/**
 * SERIAL: a column whose default is the next value of a sequence that it owns. Spelled out, these are three
 * things: the default, the sequence, and the ownership.
 *
 * @module
 */
import { quoteLiteral, quoteName } from "../sql/quote.ts";
import type { Sql } from "../sql/statement.ts";
import { find, findObject } from "./lookup.ts";
import { makeObjectName } from "./name_constraints.ts";
import { ownedSequence } from "./objects.ts";
import { nameOf, sameName } from "./qualified_name.ts";
import { readSequenceText } from "./read_definition.ts";
import type {
  Column,
  Identity,
  QualifiedName,
  Schema,
  SchemaObject,
  SequenceOptions,
  Table,
} from "./schema.ts";
import { sequenceClause } from "./sequence_clause.ts";

/** Returns the name that the server gives to the sequence of a SERIAL column. */
export function usualSequenceName(table: string, column: string): string {
  return makeObjectName(table, column, "seq");
}

/** Returns the name of the sequence of `column`, a SERIAL or identity column of `table`. */
export function sequenceOf(table: QualifiedName, column: Column): QualifiedName {
  const name = column.sequenceName ?? usualSequenceName(table.name, column.name);
  return { ...nameOf(table), name };
}

/** The sequence of a SERIAL or identity column. */
export type Numbering = SequenceOptions & Pick<Column, "sequenceName">;

/** A SERIAL or identity column. */
export type NumberedColumn = Column & { readonly identity: Identity };

export function isNumbered(column: Column): column is NumberedColumn {
  return column.identity !== undefined && column.identity !== "none";
}

/** Returns what `column` says of its sequence. */
export function numberingOf({ sequence, sequenceName }: Column): Numbering {
  return { ...sequence, ...(sequenceName !== undefined && { sequenceName }) };
}

/** Returns `column` of `table` after either is renamed; its sequence keeps its name. */
export function renamedNumbering(
  column: Column,
  table: QualifiedName,
  to: { readonly table?: string; readonly column?: string },
): Column {
  const { sequenceName: _, ...rest } = { ...column, name: to.column ?? column.name };
  if (!isNumbered(column)) return rest;
  const { name } = sequenceOf(table, column);
  const isUsual = name === usualSequenceName(to.table ?? table.name, rest.name);
  return isUsual ? rest : { ...rest, sequenceName: name };
}

/** Returns the default of a column that is numbered by `sequence`, as the server spells it. */
export function nextValue(sequence: QualifiedName): Sql {
  return { sql: `nextval(${quoteLiteral(quoteName(sequence), "postgres")}::regclass)` };
}

/** Returns `schema` with those SERIAL columns spelled out whose sequence `isMeant`. */
export function spelledOut(
  schema: Schema,
  isMeant: (sequence: QualifiedName) => boolean,
): Schema {
  const found = schema.tables.flatMap((table) =>
    table.columns.filter((it) => it.identity === "serial" && isMeant(sequenceOf(table, it)))
      .map((column) => ({ table, column, sequence: sequenceOf(table, column) }))
  );
  if (found.length === 0) return schema;
  const columns = new Map(found.map((it) => [it.column, it.sequence]));
  const spelled = (column: Column): Column => {
    const sequence = columns.get(column);
    return sequence === undefined
      ? column
      : { ...withoutCounting(column), default: nextValue(sequence) };
  };
  return {
    ...schema,
    tables: schema.tables.map((it) => ({ ...it, columns: it.columns.map(spelled) })),
    objects: [
      ...found.map(({ column, sequence }) => sequenceObject(sequence, column)),
      ...schema.objects,
      ...found.map(({ table, column, sequence }) => ownedSequence(sequence, table, column.name)),
    ],
  };
}

/** Returns `schema` with the column that owns `sequence` as SERIAL, if its default is the next value of that. */
export function settledSerial(schema: Schema, sequence: QualifiedName): Schema {
  const owned = schema.objects.find((it) => it.kind === "ownedSequence" && sameName(it, sequence));
  const made = findObject(schema, { kind: "sequence", ...nameOf(sequence) });
  const table = owned?.on && find(schema, owned.on);
  const column = table?.columns.find((it) => it.name === owned?.arguments);
  if (!owned || !made || !table || column?.type.kind !== "integer") return schema;
  if (column.default?.sql !== nextValue(sequence).sql) return schema;
  const serial = serialColumn(table, column, made);
  const settled = {
    ...table,
    columns: table.columns.map((it) => it === column ? serial : it),
  };
  return {
    ...schema,
    tables: schema.tables.map((it) => it === table ? settled : it),
    objects: schema.objects.filter((it) => it !== owned && it !== made),
  };
}

function sequenceObject(name: QualifiedName, { type, sequence = {} }: Column): SchemaObject {
  const bits = type.kind === "integer" ? type.bits : 32;
  const words = [
    `CREATE SEQUENCE ${quoteName(name)}`,
    bits !== 64 && `AS ${bits === 16 ? "smallint" : "integer"}`,
    sequenceClause(sequence),
  ];
  return { kind: "sequence", ...name, definition: { sql: words.filter(Boolean).join(" ") } };
}

function serialColumn(
  table: Table,
  { default: _, ...column }: Column,
  { name, definition }: SchemaObject,
): Column {
  const { type: __, ...said } = readSequenceText(definition.sql);
  const options: SequenceOptions = Object.fromEntries(
    Object.entries(said).map(([key, it]) => [key, typeof it === "bigint" ? plain(it) : it]),
  );
  return {
    ...column,
    identity: "serial",
    ...(Object.keys(options).length > 0 && { sequence: options }),
    ...(name !== usualSequenceName(table.name, column.name) && { sequenceName: name }),
  };
}

function plain(value: bigint): number | bigint {
  return Number.isSafeInteger(Number(value)) ? Number(value) : value;
}

function withoutCounting(
  { identity: _, sequence: __, sequenceName: ___, ...column }: Column,
): Column {
  return column;
}

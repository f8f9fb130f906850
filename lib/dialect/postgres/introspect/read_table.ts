import type { Column, SequenceOptions, Table, TableOptions } from "../../../schema/schema.ts";
import type { ColumnType } from "../../../schema/types.ts";
import { parseType } from "../parse_type.ts";
import { type Facts, factsOf, listOf, nameOf, parametersOf, textOf } from "./facts.ts";
import { readConstraint } from "./read_constraint.ts";
import { readIndex } from "./read_index.ts";

/** Returns the table of a row of `tablesQuery`. */
export function readTable(row: Facts): Table {
  const comment = textOf(row["comment"]);
  const options = readOptions(row);
  return {
    ...nameOf(row),
    columns: listOf(row["columns"]).map(readColumn),
    constraints: listOf(row["constraints"]).map(readConstraint),
    indexes: listOf(row["indexes"]).map(readIndex),
    ...(comment !== undefined && { comment }),
    ...(Object.keys(options).length > 0 && { options }),
    ...(row["secured"] === true &&
      { rowSecurity: row["forced"] === true ? "forced" : "enabled" }),
  };
}

function readOptions(row: Facts): TableOptions {
  const [parents, bounds] = [listOf(row["parents"]).map(nameOf), textOf(row["bounds"])];
  const [partitionBy, tablespace] = [textOf(row["partition_by"]), textOf(row["tablespace"])];
  const [parent] = parents;
  const parameters = parametersOf(row["parameters"]);
  return {
    ...(row["unlogged"] === true && { unlogged: true }),
    ...(partitionBy !== undefined && { partitionBy: { sql: partitionBy } }),
    ...(parent && bounds !== undefined &&
      { partitionOf: { table: parent, bounds: { sql: bounds } } }),
    ...(parent && bounds === undefined && { inherits: parents }),
    ...(parameters && { with: parameters }),
    ...(tablespace !== undefined && { tablespace }),
  };
}

function readColumn(row: Facts): Column {
  const value = textOf(row["default"]);
  const generated = textOf(row["generated"]);
  const collation = textOf(row["collation"]);
  const comment = textOf(row["comment"]);
  const identity = identities.get(row["identity"]);
  const sequence = readSequence(factsOf(row["sequence"]) ?? {});
  return {
    name: String(row["name"]),
    type: readType(row),
    nullable: row["nullable"] === true,
    ...(value !== undefined && { default: { sql: value } }),
    ...(generated !== undefined &&
      { generated: { expression: { sql: generated }, stored: row["stored"] === true } }),
    ...(identity && { identity }),
    ...(Object.keys(sequence).length > 0 && { sequence }),
    ...(collation !== undefined && { collation }),
    ...(comment !== undefined && { comment }),
  };
}

const identities: ReadonlyMap<unknown, NonNullable<Column["identity"]>> = new Map([
  ["a", "always"],
  ["d", "byDefault"],
]);

/** The values of an enum type are the type's, not the column's. */
function readType(row: Facts): ColumnType {
  const named = factsOf(row["enum"]);
  if (named === undefined) return parseType(String(row["type"]));
  const type: ColumnType = { kind: "enum", name: nameOf(named), values: [] };
  return row["isArray"] === true ? { kind: "array", of: type } : type;
}

/** Returns what a row of `pg_sequence` says that is not so by default: https://www.postgresql.org/docs/current/sql-createsequence.html */
export function readSequence(row: Facts): SequenceOptions {
  const said = ["seqstart", "seqincrement", "seqmin", "seqmax", "seqcache"].map((it) => row[it]);
  const [start, increment = 1, minValue, maxValue, cache] = said.map((it) =>
    it === undefined || it === null ? undefined : Number(it)
  );
  const descends = increment < 0;
  const lowest = descends ? most.get(maxOf(row)) : 1;
  const isLast = maxValue === undefined || (descends ? maxValue === -1 : maxValue >= maxOf(row));
  const isFirst = minValue === undefined || (descends ? minValue <= (lowest ?? 0) : minValue === 1);
  const from = descends ? maxValue : minValue;
  return {
    ...(start !== undefined && start !== from && { start }),
    ...(increment !== 1 && { increment }),
    ...(minValue !== undefined && !isFirst && { minValue }),
    ...(maxValue !== undefined && !isLast && { maxValue }),
    ...(cache !== undefined && cache !== 1 && { cache }),
    ...(row["seqcycle"] === true && { cycle: true }),
  };
}

/** The greatest number of the sequence's type, as far as a number can tell: `pg_type`'s oids are fixed. */
function maxOf(row: Facts): number {
  return { "21": 32767, "23": 2147483647 }[String(row["seqtypid"])] ?? 9223372036854775000;
}

const most: ReadonlyMap<number, number> = new Map([
  [32767, -32768],
  [2147483647, -2147483648],
  [9223372036854775000, -9223372036854775000],
]);

import type { Column, QualifiedName, Table, TableOptions } from "../../../schema/schema.ts";
import type { ColumnType } from "../../../schema/types.ts";
import { settleCounting } from "../../../schema/counting_key.ts";
import { usualSequenceName } from "../../../schema/serial.ts";
import { parseType } from "../parse_type.ts";
import { readCollation } from "./collation.ts";
import { type Facts, factsOf, listOf, nameOf, namesOf, parametersOf, textOf } from "./facts.ts";
import { readConstraint } from "./read_constraint.ts";
import { readIndex } from "./read_index.ts";
import { readSequence } from "./read_sequence.ts";
import { settledCasts } from "./settled_casts.ts";

/** Returns the table of a row of `tablesQuery`. */
export function readTable(row: Facts): Table {
  const comment = textOf(row["comment"]);
  const options = readOptions(row);
  return settleCounting({
    ...nameOf(row),
    columns: listOf(row["columns"]).map((it) => readColumn(it, nameOf(row))),
    constraints: listOf(row["constraints"]).map(readConstraint),
    indexes: listOf(row["indexes"]).map(readIndex),
    ...(comment !== undefined && { comment }),
    ...(Object.keys(options).length > 0 && { options }),
    ...(row["secured"] === true &&
      { rowSecurity: row["forced"] === true ? "forced" : "enabled" }),
  });
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

function readColumn(row: Facts, table: QualifiedName): Column {
  const value = textOf(row["default"]);
  const generated = textOf(row["generated"]);
  const collation = readCollation(row["collation"]);
  const comment = textOf(row["comment"]);
  const identity = identities.get(row["identity"]);
  const counting = factsOf(row["sequence"]);
  const sequence = counting ? readSequence(counting) : {};
  const name = String(row["name"]);
  const sequenceName = textOf(row["sequenceName"]) ?? usualSequenceName(table.name, name);
  return {
    name,
    type: readType(row),
    nullable: row["nullable"] === true,
    ...(value !== undefined && { default: { sql: settledCasts(value) } }),
    ...(generated !== undefined &&
      {
        generated: { expression: { sql: settledCasts(generated) }, stored: row["stored"] === true },
      }),
    ...(identity && { identity }),
    ...(Object.keys(sequence).length > 0 && { sequence }),
    ...(sequenceName !== usualSequenceName(table.name, name) && { sequenceName }),
    ...(collation !== undefined && { collation }),
    ...(comment !== undefined && { comment }),
  };
}

const identities: ReadonlyMap<unknown, NonNullable<Column["identity"]>> = new Map([
  ["a", "always"],
  ["d", "byDefault"],
  ["s", "serial"],
]);

function readType(row: Facts): ColumnType {
  const named = factsOf(row["enum"]);
  if (named === undefined) return parseType(String(row["type"]));
  const type: ColumnType = { kind: "enum", name: nameOf(named), values: namesOf(named["values"]) };
  return row["isArray"] === true ? { kind: "array", of: type } : type;
}

import { settleCounting } from "../../schema/counting_key.ts";
import { find } from "../../schema/lookup.ts";
import { makeObjectName, nameConstraints } from "../../schema/name_constraints.ts";
import type { Column, Constraint, Index, Schema, Table } from "../../schema/schema.ts";
import { sameData } from "../../schema/same_data.ts";
import { handedDown } from "./handed_down.ts";
import { indexColumnNames } from "./index_column_names.ts";
import { relationName, relationNames } from "./relation_names.ts";

/**
 * Returns `part` after it is detached from `whole`: the parts that it had from there become its own,
 * except identities, under the names that the server gives them.
 */
export function detachedPart(
  schema: Schema,
  part: Table,
  whole: Table,
  taken: ReadonlySet<string> = new Set(schema.tables.flatMap(relationNames)),
): Table {
  const { columns, constraints, indexes } = wholeTable(schema, whole);
  const { partitionOf: _, ...options } = part.options ?? {};
  const { options: __, ...rest } = part;
  return settleCounting({
    ...rest,
    columns: part.columns.length > 0 ? part.columns : columns.map((it) => handedDown(whole, it)),
    constraints: [...constraints.map(asOfPart), ...part.constraints],
    indexes: indexes.reduce<readonly Index[]>(
      (own, it) => [...own, { ...it, name: indexName(part, it, own, taken) }],
      part.indexes,
    ),
    ...(Object.keys(options).length > 0 && { options }),
  });
}

/** Returns `table` without the parts that it has from `whole` once it is attached. */
export function partsBesides(schema: Schema, table: Table, whole: Table): Table {
  const of = wholeTable(schema, whole);
  return {
    ...table,
    columns: [],
    constraints: table.constraints.filter((it) => !of.constraints.some((one) => same(it, one))),
    indexes: table.indexes.filter((it) => !of.indexes.some((one) => same(it, one))),
  };
}

/**
 * Returns `part` as it must be to be attached to `whole`: with all the parts that it will have from
 * there, so that detaching it is the inverse. Parts that `before` already has keep their names and
 * comments from there, unless the name is among those `taken`, as of {@linkcode relationNames}.
 */
export function attachablePart(
  schema: Schema,
  part: Table,
  whole: Table,
  { before, taken }: { readonly before: Table; readonly taken: ReadonlySet<string> },
): Table {
  const loose = detachedPart(schema, part, whole, taken);
  const isFree = ({ kind, name }: { readonly kind?: string; readonly name?: string }) =>
    kind === "check" || kind === "foreignKey" || !taken.has(relationName(part, name ?? ""));
  const known = <One extends Constraint | Index>(all: readonly One[], one: One) =>
    all.find((it) => same(it, one) && isFree(it)) ?? one;
  return {
    ...loose,
    columns: loose.columns.map((it): Column => {
      const comment = before.columns.find(({ name }) => name === it.name)?.comment;
      return { ...it, ...(comment !== undefined && { comment }) };
    }),
    constraints: loose.constraints.map((it) => known(before.constraints, it)),
    indexes: loose.indexes.map((it) => part.indexes.includes(it) ? it : known(before.indexes, it)),
  };
}

/**
 * Returns `table` with the parts that it has from the tables of which it is itself a partition, and with
 * generated names for its unnamed constraints.
 */
function wholeTable(schema: Schema, table: Table): Table {
  const above = table.options?.partitionOf && find(schema, table.options.partitionOf.table);
  if (above === undefined) return { ...table, constraints: nameConstraints(table) };
  const whole = wholeTable(schema, above);
  const made = {
    ...table,
    columns: table.columns.length > 0
      ? table.columns
      : whole.columns.map((it) => handedDown(above, it)),
    constraints: [...whole.constraints, ...table.constraints],
    indexes: [...whole.indexes, ...table.indexes],
  };
  return { ...made, constraints: nameConstraints(made) };
}

/** The server generates names for keys; checks and foreign keys keep their names from the whole. */
function asOfPart(constraint: Constraint): Constraint {
  if (constraint.kind !== "primaryKey" && constraint.kind !== "unique") return constraint;
  const { name: _, ...rest } = constraint;
  return rest;
}

/** `ChooseIndexName` in the server's sources. */
function indexName(
  part: Table,
  index: Index,
  own: readonly Index[],
  taken: ReadonlySet<string>,
): string {
  const columns = indexColumnNames(index).join("_");
  for (let count = 0;; count++) {
    const name = makeObjectName(part.name, columns, `idx${count || ""}`);
    const isTaken = own.some((it) => it.name === name) || taken.has(relationName(part, name));
    if (!isTaken) return name;
  }
}

function same(a: Constraint | Index, b: Constraint | Index): boolean {
  return sameData({ ...a, name: undefined }, { ...b, name: undefined });
}

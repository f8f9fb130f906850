import { apply } from "../../operations/apply/apply.ts";
import type { Schema } from "../../schema/schema.ts";
import { likelyColumns } from "./likely_columns.ts";
import { likelyEnumValues } from "./likely_enum_values.ts";
import { likelyTables, type MovedTable, movedTables } from "./likely_tables.ts";
import { type Rename, renameOperations } from "./rename.ts";

/** A rename that seems to have taken place. */
export interface RenameProposal {
  readonly rename: Rename;
  /** How certain it is, up to 1. */
  readonly likeness: number;
  /** The proposal for its table, without which this one means nothing: declining that declines both. */
  readonly within?: RenameProposal;
}

/**
 * Returns what in `a` seems to have another name in `b`, in an order in which to ask and to rename: tables
 * before their columns, and enum values. It proposes too little rather than too much, but knows only what
 * things look like: someone who knows better decides.
 *
 * Indexes and constraints are not proposed: if only their names differ, `diff` renames them by itself.
 *
 * @param given The renames that are already known; nothing in them is proposed again.
 */
export function proposeRenames(
  a: Schema,
  b: Schema,
  given: readonly Rename[] = [],
): readonly RenameProposal[] {
  const known = renamed(a, given);
  const tables: readonly RenameProposal[] = likelyTables(known, b);
  const from = renamed(known, tables.map((it) => it.rename));
  const columns = likelyColumns(from, b).map((it): RenameProposal => {
    const within = tables.find(({ rename }) =>
      rename.kind === "table" && rename.to === it.rename.table.name &&
      rename.schema === it.rename.table.schema
    );
    return { ...it, ...(within && { within }) };
  });
  return [...tables, ...columns, ...likelyEnumValues(known, b)];
}

/** Returns the tables that seem to have been moved to another schema, after `renames`. */
export function apparentMoves(
  a: Schema,
  b: Schema,
  renames: readonly Rename[],
): readonly MovedTable[] {
  return movedTables(renamed(a, renames), b);
}

function renamed(schema: Schema, renames: readonly Rename[]): Schema {
  return renameOperations(renames).reduce((it, operation) => apply(operation, it), schema);
}

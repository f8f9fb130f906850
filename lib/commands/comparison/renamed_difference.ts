import { capabilitiesOf } from "../../autogenerate/capabilities.ts";
import { diff } from "../../autogenerate/diff.ts";
import { followed } from "../../autogenerate/renames/followed.ts";
import { parseRenames } from "../../autogenerate/renames/parse_renames.ts";
import { renameOperations } from "../../autogenerate/renames/rename.ts";
import type { Stage } from "../../autogenerate/renames/undo_stages.ts";
import type { Scratch } from "../../database/scratch/scratch.ts";
import type { Dialect } from "../../dialect/dialect.ts";
import { renamedOnReplica, type RenamedSchema } from "../../migrate/explain/renamed_on_replica.ts";
import { apply } from "../../operations/apply/apply.ts";
import type { Operation } from "../../operations/operation.ts";
import type { Report } from "../../report/event.ts";
import { findObject } from "../../schema/lookup.ts";
import type { Schema, SchemaObject } from "../../schema/schema.ts";
import type { Queryable } from "../../sql/statement.ts";
import type { Environment } from "../environment.ts";
import { introspectOptions } from "./introspect_options.ts";
import { different, notTried, renamedOnScratch } from "./renamed_on_scratch.ts";
import { settleRenames } from "./settle_renames.ts";

/** How renames are recognized. */
export interface RenameOptions {
  /** `old:new`, or `table.old:new`: what exists under another name. */
  readonly renames?: readonly string[];
  /** Ask at the terminal about apparent renames; default false, which warns instead. */
  readonly ask?: boolean;
}

/** A schema, and what it is compared with. */
export interface RenamedSides {
  readonly dialect: Dialect;
  /** Normalized. */
  readonly schema: Schema;
  /** A database that has it. */
  readonly connection: Queryable;
  /** The schema of unqualified names. */
  readonly defaultSchema: string;
  /** Opens a database on which renames can be tried. */
  readonly openScratch: () => Promise<Scratch>;
  /**
   * Returns a schema, and the one that it is compared with, both without what the project excludes.
   */
  readonly compared: (schema: Schema) => readonly [Schema, Schema];
}

/**
 * Returns the operations that lead from the one schema to the other: first the renames, if there are any.
 *
 * @throws {ToolError} `usage` if a rename cannot be read, or cannot lead there.
 */
export async function renamedDifference(
  environment: Environment,
  sides: RenamedSides,
  { renames: texts = [], ask = false }: RenameOptions,
  report: Report,
): Promise<readonly Stage[]> {
  const { dialect, schema, defaultSchema, compared } = sides;
  const [from, to] = compared(schema);
  const given = parseRenames(texts, from, to, defaultSchema);
  const confirm = ask ? environment.context.confirm : undefined;
  const renames = renameOperations(
    await settleRenames(from, to, { given, confirm, defaultSchema, report }),
  );
  const capabilities = capabilitiesOf(dialect.name);
  if (renames.length === 0) return [{ before: schema, operations: diff(from, to, capabilities) }];
  const renamed = await tried(renames, sides, environment, report) ?? predicted(renames, sides);
  return [
    { before: schema, operations: renamed.operations },
    // What the models cannot express is kept, under the new names.
    { before: renamed.schema, operations: diff(...compared(renamed.schema), capabilities) },
  ];
}

/**
 * Returns what a database of the same kind makes of `renames`; `undefined`, with a warning, if there is none with
 * the same schema to try them on.
 */
async function tried(
  renames: readonly Operation[],
  { dialect, schema, connection, openScratch, compared }: RenamedSides,
  environment: Environment,
  report: Report,
): Promise<RenamedSchema | undefined> {
  const mayDrop = (it: SchemaObject) => isMadeAgain(it, schema, compared);
  if (dialect.name !== "sqlite") {
    const trial = { environment, dialect, openScratch, mayDrop, report };
    return await renamedOnScratch(renames, schema, trial);
  }
  const options = introspectOptions(environment.config);
  const given = { connection, dialect, options, mayDrop };
  const renamed = await renamedOnReplica(renames, schema, given);
  if (renamed === undefined) report(notTried(different));
  return renamed;
}

/** Returns what the texts of `schema` suggest that a database makes of `renames`. */
function predicted(
  renames: readonly Operation[],
  { schema, compared }: RenamedSides,
): RenamedSchema {
  const renamed = renames.reduce((it, operation) => apply(operation, it), schema);
  const [, to] = compared(renamed);
  return { operations: renames, schema: followed(renamed, to, renames) };
}

/** Says whether a comparison sees `object`, and creates it again if it was dropped but is wanted. */
function isMadeAgain(
  object: SchemaObject,
  schema: Schema,
  compared: RenamedSides["compared"],
): boolean {
  const without = { ...schema, objects: schema.objects.filter((it) => it !== object) };
  const [[from, to], [, wanted]] = [compared(schema), compared(without)];
  const has = (it: Schema) => findObject(it, object) !== undefined;
  return has(from) && (has(wanted) || !has(to));
}

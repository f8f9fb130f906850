import { capabilitiesOf } from "../../autogenerate/capabilities.ts";
import { diff } from "../../autogenerate/diff.ts";
import { parseRenames } from "../../autogenerate/renames/parse_renames.ts";
import { renameOperations } from "../../autogenerate/renames/rename.ts";
import type { Dialect } from "../../dialect/dialect.ts";
import { renamedOnReplica } from "../../migrate/explain/renamed_on_replica.ts";
import { apply } from "../../operations/apply/apply.ts";
import type { Operation } from "../../operations/operation.ts";
import type { Report } from "../../report/event.ts";
import { findObject } from "../../schema/lookup.ts";
import type { Schema, SchemaObject } from "../../schema/schema.ts";
import type { Queryable } from "../../sql/statement.ts";
import type { Environment } from "../environment.ts";
import { introspectOptions } from "./introspect_options.ts";
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
  /**
   * Returns a schema, and the one that it is compared with, both without what the project excludes.
   */
  readonly compared: (schema: Schema) => readonly [Schema, Schema];
}

/**
 * Returns the operations that lead from the one schema to the other, including renames.
 *
 * @throws {ToolError} `usage` if a rename cannot be read, or cannot lead there.
 */
export async function renamedDifference(
  { config, context }: Environment,
  { dialect, schema, connection, defaultSchema, compared }: RenamedSides,
  { renames: texts = [], ask = false }: RenameOptions,
  report: Report,
): Promise<readonly Operation[]> {
  const [from, to] = compared(schema);
  const given = parseRenames(texts, from, to, defaultSchema);
  const confirm = ask ? context.confirm : undefined;
  const renames = await settleRenames(from, to, { given, confirm, defaultSchema, report });
  const capabilities = capabilitiesOf(dialect.name);
  const first = renameOperations(renames);
  const renamed = first.length > 0 && dialect.name === "sqlite"
    ? await renamedOnReplica(first, schema, {
      connection,
      dialect,
      options: introspectOptions(config),
      mayDrop: (it) => isMadeAgain(it, schema, compared),
    })
    : undefined;
  if (renamed) return [...renamed.operations, ...diff(...compared(renamed.schema), capabilities)];
  // What the models cannot express is kept, under the new names.
  const [, after] = first.length > 0
    ? compared(first.reduce((it, operation) => apply(operation, it), schema))
    : [from, to];
  return diff(from, after, { renames, ...capabilities });
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

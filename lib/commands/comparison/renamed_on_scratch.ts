import { capabilitiesOf } from "../../autogenerate/capabilities.ts";
import { diff } from "../../autogenerate/diff.ts";
import { createSchema } from "../../autogenerate/models/create_schema.ts";
import { viewsInTheWay } from "../../autogenerate/renames/views_in_the_way.ts";
import type { Scratch } from "../../database/scratch/scratch.ts";
import type { Dialect } from "../../dialect/dialect.ts";
import { DatabaseError } from "../../driver/database_error.ts";
import { ToolError } from "../../error.ts";
import type { RenamedSchema } from "../../migrate/explain/renamed_on_replica.ts";
import type { Operation } from "../../operations/operation.ts";
import type { Event, Report } from "../../report/event.ts";
import { identityOf } from "../../schema/objects.ts";
import type { Schema, SchemaObject } from "../../schema/schema.ts";
import type { Environment } from "../environment.ts";
import { readSchema } from "./read_schema.ts";

/** Where renames are tried. */
export interface Trial {
  readonly environment: Environment;
  readonly dialect: Dialect;
  readonly openScratch: () => Promise<Scratch>;
  /** Says whether a view or a routine is created again afterwards if it has to be. */
  readonly mayDrop: (object: SchemaObject) => boolean;
  readonly report: Report;
}

/**
 * Returns the result of `renames` in a PostgreSQL database with `schema`. It is recreated on a scratch database,
 * where the server itself follows them in whatever it stores parsed; views that have the new name of a table are
 * dropped, with what depends on them.
 * Returns `undefined`, with a warning, if `schema` cannot be recreated there.
 *
 * @throws {ToolError} `operation/unsupported` if PostgreSQL cannot rename there.
 */
export async function renamedOnScratch(
  renames: readonly Operation[],
  schema: Schema,
  trial: Trial,
): Promise<RenamedSchema | undefined> {
  const { environment: { config, context }, dialect, report } = trial;
  await using opened = new AsyncDisposableStack();
  const scratch = await recreated(schema, opened, trial).catch((error: unknown) => {
    if (!(error instanceof ToolError) || context.signal?.aborted) throw error;
    report(notTried(error.cause instanceof DatabaseError ? error.cause.message : error.message));
    return undefined;
  });
  if (scratch === undefined) return undefined;
  const dropped = await dropInTheWay(renames, schema, scratch, trial);
  try {
    await runAll(renames, scratch, dialect);
  } catch (error) {
    throw error instanceof DatabaseError ? notRenamed(error.message, error) : error;
  }
  return {
    operations: [...dropped, ...renames],
    schema: await readSchema(scratch.connection, dialect, config),
  };
}

async function recreated(
  schema: Schema,
  opened: AsyncDisposableStack,
  { environment: { config }, dialect, openScratch }: Trial,
): Promise<Scratch> {
  const scratch = opened.use(await openScratch());
  // A routine may name what nothing has any more.
  await scratch.connection.query({ sql: "SET check_function_bodies = false" });
  await createSchema(schema, scratch, dialect);
  const made = await readSchema(scratch.connection, dialect, config);
  if (diff(made, schema, capabilitiesOf(dialect.name)).length === 0) return scratch;
  throw new ToolError("database/differs", different);
}

/** Returns the operations that drop the views that have the new name of a table. */
async function dropInTheWay(
  renames: readonly Operation[],
  schema: Schema,
  scratch: Scratch,
  { environment: { config }, dialect, mayDrop }: Trial,
): Promise<readonly Operation[]> {
  const views = viewsInTheWay(renames, schema);
  if (views.length === 0) return [];
  const drops = views.map((it): Operation => (
    { kind: "dropObject", object: identityOf(it), ifExists: true, cascade: true }
  ));
  await runAll(drops, scratch, dialect);
  const left = await readSchema(scratch.connection, dialect, config);
  const dropped = diff(schema, left, capabilitiesOf(dialect.name));
  const isAllowed = (it: Operation) =>
    it.kind === "dropObject" && it.existing !== undefined && mayDrop(it.existing);
  if (dropped.every(isAllowed)) return dropped;
  throw notRenamed("a view that cannot be dropped has the new name of a table");
}

async function runAll(
  operations: readonly Operation[],
  { connection }: Scratch,
  dialect: Dialect,
): Promise<void> {
  for (const it of operations.flatMap((one) => dialect.compile(one))) await connection.query(it);
}

/** Why renames cannot be tried: a schema that was recreated is not the same. */
export const different = "what was made there differs from the database";

/** Returns the warning that renames could not be tried. */
export function notTried(found: string): Event {
  return {
    kind: "warned",
    message: `Cannot try the renames on a scratch database: ${found}`,
    hint: "How views, triggers and routines follow them is predicted: read both directions",
  };
}

function notRenamed(found: string, cause?: DatabaseError): ToolError {
  return new ToolError("operation/unsupported", `Cannot rename on PostgreSQL: ${found}`, {
    hint: "Drop or rename what is in the way in a revision before",
    cause,
  });
}

import { isDeepStrictEqual } from "node:util";
import { DatabaseError } from "../../driver/database_error.ts";
import { ToolError } from "../../error.ts";
import type { Dialect, IntrospectOptions } from "../../dialect/dialect.ts";
import { viewsInTheWay } from "../../autogenerate/renames/views_in_the_way.ts";
import { advice } from "./advice.ts";
import type { Operation } from "../../operations/operation.ts";
import { identityOf } from "../../schema/objects.ts";
import type { Schema, SchemaObject } from "../../schema/schema.ts";
import type { Queryable } from "../../sql/statement.ts";
import { replicaOf } from "../offline/compile_ahead.ts";

/** The result of renames. */
export interface RenamedSchema {
  /** The renames, preceded by drops of what is in their way. */
  readonly operations: readonly Operation[];
  readonly schema: Schema;
}

/**
 * Returns the result of `renames` in a SQLite database with `schema`. SQLite follows renames in views and
 * triggers in its own way, so they are tried on a replica in memory; views and triggers in which it cannot
 * follow them, and views that have the new name of a table, are dropped.
 * Returns `undefined` if no identical replica can be made.
 *
 * @param mayDrop Whether a view or a trigger is created again afterwards if it has to be.
 * @throws {ToolError} `operation/unsupported` if SQLite cannot rename there.
 */
export async function renamedOnReplica(
  renames: readonly Operation[],
  schema: Schema,
  { connection, dialect, options, mayDrop }: {
    readonly connection: Queryable;
    readonly dialect: Dialect;
    readonly options: IntrospectOptions;
    readonly mayDrop: (object: SchemaObject) => boolean;
  },
): Promise<RenamedSchema | undefined> {
  await using replica = await replicaOf(connection);
  const read = async () => dialect.normalize(await dialect.introspect(replica.connection, options));
  if (!isDeepStrictEqual(await read(), schema)) return undefined;
  const run = async (operation: Operation) => {
    for (const it of dialect.compile(operation)) await replica.connection.query(it);
  };
  let left = schema.objects;
  const dropped: Operation[] = [];
  const drop = async (objects: readonly SchemaObject[]) => {
    left = left.filter((it) => !objects.includes(it));
    for (const it of objects) {
      const operation = { kind: "dropObject", object: identityOf(it), existing: it } as const;
      await run(operation);
      dropped.push(operation);
    }
  };
  for (const it of viewsInTheWay(renames, schema)) {
    const inTheWay = withTriggers(it, left);
    if (inTheWay.every(mayDrop)) await drop(inTheWay);
  }
  for (const rename of renames) {
    for (let error = await failure(run(rename)); error; error = await failure(run(rename))) {
      const inTheWay = namedBy(error, left);
      if (inTheWay.length === 0 || !inTheWay.every(mayDrop)) throw notRenamed(error);
      await drop(inTheWay);
    }
  }
  return { operations: [...dropped, ...renames], schema: await read() };
}

function failure(running: Promise<void>): Promise<unknown> {
  return running.then(() => undefined, (error: unknown) => error);
}

/** Returns the view or trigger in `objects` that `error` is about, preceded by the triggers on it. */
function namedBy(error: unknown, objects: readonly SchemaObject[]): readonly SchemaObject[] {
  const message = error instanceof DatabaseError ? error.message : "";
  const found = objects.find(({ kind, name }) =>
    [" after rename: ", ": "].some((it) => message.startsWith(`error in ${kind} ${name}${it}`))
  );
  return found ? withTriggers(found, objects) : [];
}

function withTriggers(
  object: SchemaObject,
  objects: readonly SchemaObject[],
): readonly SchemaObject[] {
  return [...objects.filter(({ on }) => on?.name === object.name), object];
}

/**
 * SQLite follows a renamed column into a view, but not out of a subquery in it that passes the
 * column on.
 */
function notRenamed(error: unknown): unknown {
  if (!(error instanceof DatabaseError)) return error;
  return new ToolError("operation/unsupported", `Cannot rename on SQLite: ${error.message}`, {
    hint: advice(error.answer),
    cause: error,
  });
}

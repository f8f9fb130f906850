import { isDeepStrictEqual } from "node:util";
import { DatabaseError } from "../../driver/database_error.ts";
import { ToolError } from "../../error.ts";
import type { Dialect, IntrospectOptions } from "../../dialect/dialect.ts";
import { advice } from "./advice.ts";
import type { Operation } from "../../operations/operation.ts";
import type { Schema } from "../../schema/schema.ts";
import type { Queryable } from "../../sql/statement.ts";
import { replicaOf } from "../offline/compile_ahead.ts";

/**
 * Returns the schema of a SQLite database with `schema` after `renames`. SQLite follows renames in
 * views and triggers in its own way, so they are tried on a replica in memory. Returns `undefined`
 * if no identical replica can be made.
 *
 * @throws {ToolError} `operation/unsupported` if SQLite cannot rename there.
 */
export async function renamedOnReplica(
  renames: readonly Operation[],
  schema: Schema,
  { connection, dialect, options }: {
    readonly connection: Queryable;
    readonly dialect: Dialect;
    readonly options: IntrospectOptions;
  },
): Promise<Schema | undefined> {
  await using replica = await replicaOf(connection);
  const read = async () => dialect.normalize(await dialect.introspect(replica.connection, options));
  if (!isDeepStrictEqual(await read(), schema)) return undefined;
  for (const statement of renames.flatMap((it) => dialect.compile(it))) {
    await replica.connection.query(statement).catch((error: unknown) => {
      throw notRenamed(error);
    });
  }
  return await read();
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

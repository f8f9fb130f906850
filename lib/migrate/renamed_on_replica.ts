import { isDeepStrictEqual } from "node:util";
import type { Dialect, IntrospectOptions } from "../dialect/dialect.ts";
import type { Operation } from "../operations/operation.ts";
import type { Schema } from "../schema/schema.ts";
import type { Queryable } from "../sql/statement.ts";
import { replicaOf } from "./offline/compile_ahead.ts";

/**
 * Returns what a SQLite database that has `schema` has after `renames`: it follows them in views and
 * triggers in a way of its own, so a replica in memory is asked. Undefined, if there can be none that is
 * the same.
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
    await replica.connection.query(statement);
  }
  return await read();
}

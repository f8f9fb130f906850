import { openDatabase } from "../../lib/database/open_database.ts";
import { parseDatabaseUrl } from "../../lib/database/parse_database_url.ts";
import type { Connection, ConnectOptions } from "../../lib/driver/driver.ts";

/** Returns a connection to `url`, creating a missing file. */
export async function connect(
  url: string,
  options: Partial<ConnectOptions> = {},
): Promise<Connection> {
  return (await openDatabase(parseDatabaseUrl(url), { create: true, ...options })).connection;
}

/** Returns the error that `promise` fails with, which must be one of `type`. */
export async function failure<E extends Error>(
  type: new (...parameters: never[]) => E,
  promise: Promise<unknown>,
): Promise<E> {
  const error = await promise.then(() => undefined, (it) => it);
  if (error instanceof type) return error;
  throw new Error(`expected a ${type.name}, got ${error}`, { cause: error });
}

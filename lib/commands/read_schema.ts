import type { Config } from "../config/config.ts";
import type { Dialect } from "../dialect/dialect.ts";
import { historyTable } from "../migrate/history.ts";
import type { Schema } from "../schema/schema.ts";
import type { Queryable } from "../sql/statement.ts";

/** Returns what a database has, without the tables of this tool. */
export function introspect(
  connection: Queryable,
  dialect: Dialect,
  { versionTable }: Pick<Config, "versionTable">,
): Promise<Schema> {
  return dialect.introspect(connection, { exclude: [versionTable, historyTable(versionTable)] });
}

/** Returns the same, normalized: so it can be compared. */
export async function readSchema(
  connection: Queryable,
  dialect: Dialect,
  config: Pick<Config, "versionTable">,
): Promise<Schema> {
  return dialect.normalize(await introspect(connection, dialect, config));
}
